import type { SweepView } from '../../../shared/contract/compute/index.ts';

export type Point = SweepView['points'][number];
export type Measure =
  | 'sharpe'
  | 'annualisedReturn'
  | 'maxDrawdown'
  | 'turnover'
  | 'costShare'
  | 'deflatedSharpe';

export const measures: Record<Measure, { label: string; unit: string; lessIsBetter?: boolean }> = {
  sharpe: { label: 'Sharpe ratio', unit: 'ratio' },
  deflatedSharpe: { label: 'Deflated Sharpe ratio', unit: 'probability' },
  annualisedReturn: { label: 'Annualised return', unit: 'fraction' },
  maxDrawdown: { label: 'Deepest drawdown', unit: 'fraction' },
  turnover: { label: 'Turnover a year', unit: 'ratio', lessIsBetter: true },
  costShare: { label: 'Costs', unit: 'fraction', lessIsBetter: true },
};

export interface Cell {
  /** Mean of the points in it; null while there is none. */
  value: number | null;
  /** Points that have come. */
  count: number;
  /** Why there is no figure, where that is so. */
  problem: string;
  best: boolean;
}

/** Which axes lie across and down, and where the others are held: null takes the mean over all their values. */
export interface Cut {
  across: number;
  down: number | null;
  held: readonly (number | null)[];
}

/** The first cut of a grid: its two longest axes, the others left open. */
export function firstCut({ axes }: Pick<SweepView, 'axes'>): Cut {
  const [across = 0, down = null] = axes
    .map((axis, index) => ({ index, length: axis.values.length }))
    .sort((a, b) => b.length - a.length || a.index - b.index)
    .map(({ index }) => index);
  return { across, down, held: axes.map(() => null) };
}

/** Cells row by row, each the mean over what is not held: one lucky point does not colour it. */
export function cellsOf(
  { axes, points, best }: Pick<SweepView, 'axes' | 'points' | 'best'>,
  { across, down, held }: Cut,
  measure: Measure,
): Cell[][] {
  const columns = axes[across]?.values.length ?? 0;
  const rows = down === null ? 1 : (axes[down]?.values.length ?? 0);
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, (): Point[] => []));
  for (const point of points) {
    const isCut = point.at.every(
      (place, axis) => axis === across || axis === down || held[axis] === null || held[axis] === place,
    );
    if (isCut) cells[down === null ? 0 : (point.at[down] ?? -1)]?.[point.at[across] ?? -1]?.push(point);
  }
  const bestPoint = best ? points[best.point] : undefined;
  return cells.map((row) =>
    row.map((inCell) => {
      const values = inCell.map((point) => point[measure]).filter((value) => value !== null);
      return {
        value: values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null,
        count: inCell.length,
        problem: inCell.find(({ problem }) => problem)?.problem ?? '',
        best: bestPoint !== undefined && inCell.includes(bestPoint),
      };
    }),
  );
}

/** From 0, the worst of all cells, to 1, the best. */
export function heatOf(value: number, cells: readonly (readonly Cell[])[], measure: Measure): number {
  const values = cells.flat().flatMap((cell) => (cell.value === null ? [] : [cell.value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = high > low ? (value - low) / (high - low) : 1;
  return measures[measure].lessIsBetter ? 1 - share : share;
}

/** `top_k 35, rebalance weekly`: where a point lies. */
export function placeWords({ at }: Point, axes: SweepView['axes']): string {
  return axes.map(({ name, values }, index) => `${name} ${values[at[index] ?? -1] ?? '?'}`).join(', ');
}

/** Why points could not be run, with how many each sentence is about. */
export function problemsOf(points: readonly Point[]): { problem: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { problem } of points) if (problem) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => ({ problem, count }));
}
