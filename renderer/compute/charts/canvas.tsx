import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { type Paint, readPaint, useShownTheme } from './theme.ts';

use([LineChart, BarChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** Draws once it is in sight, and again when its data, its size or the theme change. Nothing in it moves. */
export default function Canvas({ option }: { option: (paint: Paint) => EChartsCoreOption }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const [inSight, setInSight] = useState(false);
  const theme = useShownTheme();

  useEffect(() => {
    if (!box.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setInSight(true), {
      rootMargin: '200px',
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (!inSight || !box.current) return;
    const made = init(box.current);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, [inSight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the paint is read from.
  useEffect(() => {
    const paint = readPaint();
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: paint.mono, fontSize: 11, color: paint.soft },
        ...option(paint),
      },
      { notMerge: true },
    );
  }, [option, theme, inSight]);

  return <div ref={box} className="chart-canvas" data-drawn={inSight} />;
}
