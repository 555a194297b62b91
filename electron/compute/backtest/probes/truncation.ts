import type { ProbeFinding } from '../../statistics/index.ts';
import type { BacktestConfig } from '../config.ts';
import { type BacktestRun, runBacktest } from '../engine.ts';
import { BacktestError } from '../errors.ts';
import type { Trade } from '../log.ts';
import { marksBefore } from '../marks.ts';
import type { Panel } from '../panel.ts';

/** The panel as it was known at the close of the date before `end`. */
export function panelUntil(panel: Panel, end: number): Panel {
  const { dates, codes, close, open, volumeValue, score, label } = panel;
  const days = dates.length;
  const byCode = (values: Float64Array) => {
    const cut = new Float64Array(codes.length * end);
    for (let code = 0; code < codes.length; code += 1) {
      cut.set(values.subarray(code * days, code * days + end), code * end);
    }
    return cut;
  };
  return {
    ...panel,
    dates: dates.slice(0, end),
    close: byCode(close),
    open: open && byCode(open),
    volumeValue: volumeValue && byCode(volumeValue),
    score: score.subarray(0, end * codes.length),
    label: label === null ? null : label.subarray(0, end * codes.length),
    marks: marksBefore(panel, end),
  };
}

/** Sums are made in another order where a panel ends elsewhere. */
const tolerance = 1e-9;

/**
 * The run again on panels that end earlier: values, rebalances and trades before the cut must not change. The last date
 * of a cut panel is left out, because without an exchange's calendar it is not known whether a week ends there.
 */
export function truncatedRuns(
  panel: Panel,
  config: BacktestConfig,
  run: BacktestRun,
  shares: readonly number[] = [0.3, 0.5, 0.7, 0.9],
): ProbeFinding {
  const probe = 'truncated run';
  const days = panel.dates.length;
  const ends = [...new Set(shares.map((share) => Math.floor(days * share)))].filter(
    (end) => end > run.start + 2,
  );
  let compared = 0;
  for (const end of ends) {
    const cut = runOrNull(panelUntil(panel, end), config);
    if (cut === null) continue;
    compared += 1;
    const changed = firstChange(run, cut, end - 1);
    if (changed !== null) {
      return {
        probe,
        verdict: 'fail',
        sentence: `Without the rows after ${panel.dates[end - 1]}, ${changed.what} on ${panel.dates[changed.date]} changes. The rules look ahead: do not believe the figures.`,
      };
    }
  }
  return compared === 0
    ? { probe, verdict: 'unproven', sentence: 'The panel is too short to be cut.' }
    : {
        probe,
        verdict: 'pass',
        sentence: `Values, holdings and trades stay the same when the panel ends earlier, at ${compared} dates.`,
      };
}

function firstChange(
  full: BacktestRun,
  cut: BacktestRun,
  before: number,
): { what: string; date: number } | null {
  const differs = (a: number, b: number) => !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a)));
  for (let date = full.start; date < before; date += 1) {
    if (differs(full.values[date] as number, cut.values[date] as number)) return { what: 'the value', date };
  }
  const [ours, theirs] = [full, cut].map((run) => tradesBefore(run, before)) as [Trade[], Trade[]];
  for (let i = 0; i < Math.max(ours.length, theirs.length); i += 1) {
    const [a, b] = [ours[i], theirs[i]];
    if (a?.date !== b?.date || a?.code !== b?.code || differs(a?.shares ?? 0, b?.shares ?? 0)) {
      return { what: 'a trade', date: Math.min(a?.date ?? before, b?.date ?? before) };
    }
  }
  return null;
}

/** In an order of their own: that of the run depends on how names are grouped. */
function tradesBefore({ trades }: BacktestRun, before: number): Trade[] {
  return Array.from(trades?.rows() ?? [])
    .filter(({ date }) => date < before)
    .sort((a, b) => a.date - b.date || a.code - b.code || a.shares - b.shares);
}

function runOrNull(panel: Panel, config: BacktestConfig): BacktestRun | null {
  try {
    return runBacktest(panel, config);
  } catch (error) {
    if (error instanceof BacktestError) return null;
    throw error;
  }
}

/** Scores that were made again from data that ends earlier, on the dates and codes that both panels have. */
export function sharedScores(full: Panel, cut: Panel): { full: Float64Array; cut: Float64Array } {
  const [dateOf, codeOf] = [placesOf(full.dates), placesOf(full.codes)];
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (const [t, date] of cut.dates.entries()) {
    for (const [i, code] of cut.codes.entries()) {
      const [at, name] = [dateOf.get(date), codeOf.get(code)];
      if (at === undefined || name === undefined) continue;
      ours.push(full.score[at * full.codes.length + name] as number);
      theirs.push(cut.score[t * cut.codes.length + i] as number);
    }
  }
  return { full: Float64Array.from(ours), cut: Float64Array.from(theirs) };
}

function placesOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, place) => [name, place]));
}
