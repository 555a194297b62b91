import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([LineChart, GridComponent, CanvasRenderer]);

export interface LoadPoint {
  /** Milliseconds. */
  at: number;
  cpuFraction: number;
  memoryFraction: number;
}

/** The last minutes of this machine's load. The figures stand beside it in words. */
export default function LoadChart({ points }: { points: readonly LoadPoint[] }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);

  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const line = (name: string, role: string, value: (point: LoadPoint) => number) => ({
      name,
      type: 'line' as const,
      showSymbol: false,
      silent: true,
      lineStyle: { width: 1.5, color: style.getPropertyValue(role) },
      data: points.map((point) => [point.at, value(point)]),
    });
    chart.current?.setOption({
      animation: false,
      grid: { left: 0, right: 0, top: 3, bottom: 3 },
      xAxis: { type: 'time', show: false },
      yAxis: { type: 'value', show: false, min: 0, max: 1 },
      series: [
        line('CPU', '--running', ({ cpuFraction }) => cpuFraction),
        line('Memory', '--stale', ({ memoryFraction }) => memoryFraction),
      ],
    });
  }, [points]);

  return <div ref={box} className="load-chart" aria-hidden="true" />;
}
