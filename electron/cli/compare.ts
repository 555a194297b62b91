import { resolve } from 'node:path';
import { type CompareAnswer, type Compute, type TableFormat, writeTables } from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { figureTable } from './figures.ts';
import { table } from './text.ts';

/** Compares two configurations over one panel. @throws DataError, BacktestError */
export function compareOf(
  compute: Compute,
  first: string,
  second: string,
  { panel, calendar }: { panel: string; calendar?: string },
): Promise<CompareAnswer> {
  return compute.compare({
    panel: resolve(panel),
    calendar: calendar === undefined ? null : resolve(calendar),
    configs: [resolve(first), resolve(second)],
  });
}

const shown = [
  'totalReturn',
  'annualisedReturn',
  'volatility',
  'sharpe',
  'maxDrawdown',
  'turnover',
  'costShare',
];

export function compareText({ runs, from, to, periods, difference, correlation }: CompareAnswer): string {
  const figure = (run: CompareAnswer['runs'][number], name: string) => {
    const value = run.metrics[name]?.value;
    return value === null || value === undefined ? 'none' : String(Number(value.toPrecision(5)));
  };
  return [
    `${periods} periods, ${from} to ${to}; the returns correlate by ${correlation?.toFixed(3) ?? 'nothing'}`,
    '',
    table([
      ['', ...runs.map(({ config }) => config)],
      ...shown.map((name) => [name, ...runs.map((run) => figure(run, name))]),
      ['rebalances', ...runs.map(({ rebalances }) => String(rebalances))],
    ]),
    '',
    difference.sentence,
  ].join('\n');
}

/** A difference that chance explains could not be told. */
export function compareExit({ difference }: CompareAnswer): ExitCode {
  return difference.verdict === 'unproven' ? exitCodes.unknown : exitCodes.asked;
}

/** Writes both curves and the figures of both runs. */
export function writeCompare(
  folder: string,
  { equity, runs }: CompareAnswer,
  format: TableFormat,
): Promise<void> {
  const [first, second] = runs.map(({ metrics }) => figureTable(metrics));
  return writeTables(folder, { equity, first: first ?? [], second: second ?? [] }, format);
}
