import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The points of the grid. */
export const longSweepSize = 6000;

/**
 * Gives a copy of the worked pack a sweep that takes longer than a person, or a test, needs to do something meanwhile, however
 * fast the machine: a large grid over four years, traded every day.
 * @param grid where the grid is written, from the pack's folder
 */
export function makeLongSweep(pack: string, grid: string): void {
  const [panel, config] = [join(pack, 'data/panel.csv'), join(pack, 'data/backtest.yaml')];
  const [head, ...rows] = readFileSync(panel, 'utf8').trimEnd().split('\n');
  const later = [2025, 2026, 2027].flatMap((year) =>
    rows.filter((row) => !row.startsWith('2024-02-29')).map((row) => `${year}${row.slice(4)}`),
  );
  writeFileSync(panel, `${[head, ...rows, ...later].join('\n')}\n`);
  writeFileSync(config, readFileSync(config, 'utf8').replace('rebalance: monthly', 'rebalance: daily'));
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => i + from);
  const values = { top_k: numbers(5, 60), lag: numbers(0, longSweepSize / 60) };
  writeFileSync(join(pack, grid), JSON.stringify({ grid: values }));
}
