import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BacktestAnswer, Compute } from '../compute/index.ts';
import { csvOf } from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { figureRows, verdictsExit, verdictsText } from './figures.ts';
import { table } from './text.ts';

export interface BacktestOptions {
  panel: string;
  config: string;
  compat?: 'apex';
}

/** Runs a backtest over files. @throws DataError, BacktestError */
export function backtestOf(
  compute: Compute,
  { panel, config, compat }: BacktestOptions,
): Promise<BacktestAnswer> {
  return compute.backtest({ panel, config, compat: compat ?? null });
}

/** The stable shape of `backtest --json`; the tables are for `--out`. */
export function backtestReport({ metrics, verdicts, rebalances, finalValue, digest }: BacktestAnswer) {
  return { metrics, verdicts, rebalances, finalValue, digest };
}

export function backtestText({ metrics, verdicts, rebalances, finalValue, defects }: BacktestAnswer): string {
  return [
    `${rebalances.length} rebalances, ended at ${finalValue.toFixed(2)}`,
    ...(defects.length > 0
      ? ['', 'This is another engine as it is. It is known to do wrong:', ...defects]
      : []),
    '',
    table(figureRows(metrics)),
    ...verdictsText(verdicts),
  ].join('\n');
}

/** Only rules that the configuration asks for make the answer a no. */
export function backtestExit({ verdicts, asked }: BacktestAnswer): ExitCode {
  return asked ? verdictsExit(verdicts) : exitCodes.asked;
}

/** Writes every table of the run as CSV, and the report as JSON. */
export function writeBacktest(folder: string, answer: BacktestAnswer): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, rows] of Object.entries(answer.tables)) {
    writeFileSync(join(folder, `${name}.csv`), csvOf(rows));
  }
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(backtestReport(answer), null, 2)}\n`);
}
