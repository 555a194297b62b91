import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BacktestAnswer, Compute, ProbesAnswer } from '../compute/index.ts';
import { type TableFormat, type TableRows, writeTables } from '../compute/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { figureRows, figureTable, verdictsExit, verdictsText } from './figures.ts';
import { table } from './text.ts';

export interface BacktestOptions {
  panel: string;
  config: string;
  compat?: 'apex';
  calendar?: string;
  trials?: number;
  trialDeviation?: number;
  probes?: boolean;
  truncated?: string;
  training?: string;
}

/** Runs a backtest over files. @throws InputError, DataError, BacktestError */
export function backtestOf(compute: Compute, options: BacktestOptions): Promise<BacktestAnswer> {
  const { panel, config, compat, calendar, trials, trialDeviation, probes, truncated, training } = options;
  if (trialDeviation !== undefined && trials === undefined) {
    throw new InputError('--trial-deviation says how far trials lie apart: give their count with --trials.');
  }
  if (!probes && (truncated ?? training) !== undefined) {
    throw new InputError('--truncated and --training are for probes: give --probes, too.');
  }
  const path = (file: string | undefined) => (file === undefined ? null : resolve(file));
  return compute.backtest({
    panel: resolve(panel),
    config: resolve(config),
    compat: compat ?? null,
    calendar: path(calendar),
    trials:
      trials === undefined
        ? null
        : { trials, ...(trialDeviation === undefined ? {} : { deviation: trialDeviation }) },
    probes: probes ? { truncated: path(truncated), training: path(training) } : null,
  });
}

/** The stable shape of `backtest --json`, with what was asked for beyond it; the tables are for `--out`. */
export function backtestReport(answer: BacktestAnswer) {
  const { metrics, verdicts, rebalances, finalValue, digest, trials, calendar, probes } = answer;
  return {
    ...{ metrics, verdicts, rebalances, finalValue, digest },
    ...(trials.trials > 1 ? { trials } : {}),
    ...(calendar ? { calendar } : {}),
    ...(probes ? { probes } : {}),
  };
}

export function backtestText(answer: BacktestAnswer): string {
  const { metrics, verdicts, rebalances, finalValue, defects, calendar, probes } = answer;
  return [
    `${rebalances.length} rebalances, ended at ${finalValue.toFixed(2)}`,
    ...(calendar ? calendarText(calendar) : []),
    ...(defects.length > 0
      ? ['', 'This is another engine as it is. It is known to do wrong:', ...defects]
      : []),
    '',
    table(figureRows(metrics)),
    ...verdictsText(verdicts),
    ...(probes ? ['', 'Whether the scores know the future', probesText(probes)] : []),
  ].join('\n');
}

function calendarText({ name, missing, closed }: NonNullable<BacktestAnswer['calendar']>): string[] {
  const days = (dates: readonly string[], what: string) =>
    dates.length === 0
      ? []
      : [`${dates.length} ${what}: ${dates.slice(0, 5).join(', ')}${dates.length > 5 ? ' and more' : ''}`];
  return [
    `by the calendar ${name ? `of ${name}` : 'given'}`,
    ...days(missing, 'trading days without rows'),
    ...days(closed, 'dates with rows on days without trading'),
  ];
}

function probesText({ findings, lag }: ProbesAnswer): string {
  return [
    table(findings.map(({ verdict, probe, sentence }) => [verdict, probe, sentence])),
    '',
    table([
      ['fills later by', 'Sharpe', '95 %'],
      ...lag.map(({ lag: days, sharpe, interval }) => [
        `${days} dates`,
        sharpe?.toFixed(3) ?? 'none',
        interval?.map((end) => end.toFixed(3)).join(' to ') ?? '',
      ]),
    ]),
  ].join('\n');
}

/** Only rules that the configuration asks for, and probes, make the answer a no. */
export function backtestExit({ verdicts, asked, probes }: BacktestAnswer): ExitCode {
  if (probes?.findings.some(({ verdict }) => verdict === 'fail')) return exitCodes.no;
  return asked ? verdictsExit(verdicts) : exitCodes.asked;
}

/** Writes every table of the run and its figures, and the report as JSON. */
export async function writeBacktest(
  folder: string,
  answer: BacktestAnswer,
  format: TableFormat,
): Promise<void> {
  const { tables, metrics, probes } = answer;
  await writeTables(
    folder,
    { ...tables, metrics: figureTable(metrics), ...(probes ? { lag: lagTable(probes) } : {}) },
    format,
  );
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(backtestReport(answer), null, 2)}\n`);
}

function lagTable({ lag }: ProbesAnswer): TableRows {
  return lag.map(({ lag: days, sharpe, interval }) => ({
    lag: days,
    sharpe,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
  }));
}
