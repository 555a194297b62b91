import type { EChartsCoreOption } from 'echarts/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { Panel } from '../../ui/index.ts';
import { Folded } from '../figures/folded.tsx';
import type { Paint } from './theme.ts';

const Canvas = lazy(() => import('./canvas.tsx'));

/**
 * A chart with the gist of it in words, for those who do not see it, and the same as a table for those who want to
 * read it. It has its height before there is anything to draw.
 */
export function ChartPanel({
  title,
  aside,
  gist,
  option,
  height = 200,
  table,
  children,
}: {
  title: string;
  aside?: ReactNode;
  gist: string;
  /** Must be the same function as long as the data are the same. */
  option: (paint: Paint) => EChartsCoreOption;
  height?: number;
  /** Made when it is opened. */
  table: () => ReactNode;
  children?: ReactNode;
}) {
  return (
    <Panel title={title} aside={aside}>
      <figure className="chart">
        <div className="chart-box" role="img" aria-label={gist} style={{ height }}>
          <Suspense fallback={<div className="skeleton" aria-hidden="true" />}>
            <Canvas option={option} />
          </Suspense>
        </div>
        <figcaption className="soft chart-gist">{gist}</figcaption>
      </figure>
      {children}
      <Folded title="As a table" about={title}>
        {table}
      </Folded>
    </Panel>
  );
}

/** The colours of lines, in words. */
export function Legend({
  of,
}: {
  of: readonly { word: string; tone: 'running' | 'unproven' | 'fail' | 'claimed' }[];
}) {
  return (
    <span className="legend">
      {of.map(({ word, tone }) => (
        <span key={word} className="legend-one">
          <span className={`legend-line tone-${tone}`} aria-hidden="true" />
          {word}
        </span>
      ))}
    </span>
  );
}
