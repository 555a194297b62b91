import { openPanel } from '../answers/panel.ts';
import { type Trial, trialOfSample } from '../answers/trial.ts';
import { digestOf } from '../answers/written.ts';
import { deflatedSharpe, expectedMaximum, sharpeInterval, variance } from '../statistics/index.ts';
import { SweepError } from './errors.ts';
import type { SweepExecutor } from './executor.ts';
import { type Grid, readGrid } from './grid.ts';
import type { PointFigures, PointResult, SweepPoint } from './point.ts';
import { pointsOf } from './points.ts';
import {
  checkSelection,
  defaultSelection,
  type Selection,
  type SelectionOptions,
  type SelectionOutcome,
  selectionOf,
} from './selection.ts';
import { reach, type StopRule } from './stop.ts';
import { readResult } from './store.ts';

export interface SweepQuestion {
  panel: string;
  config: string;
  grid: string;
  /** Trading days of the exchange, in a file; the dates of the panel where there is none. */
  calendar?: string | null;
  /** Where results are kept, one file a point: a sweep that was ended goes on from there. */
  folder: string;
  /** How choosing the best is put to the test; what is left out is usual. */
  selection?: Partial<SelectionOptions>;
}

export interface SweepProgress {
  done: number;
  points: number;
  /** Of those done: how many an earlier run left. */
  reused: number;
  /** Annual Sharpe ratio of the best point so far; null before there is one. */
  best: number | null;
  /** The answer as far as points are there without a gap. */
  soFar(): SweepAnswer;
}

export interface SweptPoint {
  settings: Record<string, unknown>;
  figures: (Omit<PointFigures, 'sample'> & { deflatedSharpe: number }) | null;
  /** Why there are none. */
  problem: string | null;
  digest: string;
  /** As the ledger counts it; null where there are no figures. */
  trial: Trial | null;
}

export interface SweepAnswer {
  /** SHA-256 of the panel. */
  panel: string;
  /** What the grid changes, in its order. */
  axes: { name: string; values: unknown[] }[];
  /** In the grid's own order, up to where the sweep ended. */
  points: SweptPoint[];
  /** Points with figures: every one of them was a try that the best has to be held against. */
  trials: number;
  /** Standard deviation of their annual Sharpe ratios. */
  trialDeviation: number | null;
  best: BestPoint | null;
  /** Whether choosing the best would have held; null with a problem where that cannot be told. */
  selection: Selection | null;
  selectionProblem: string | null;
  /** Points of the whole grid. */
  size: number;
  /** Null where the whole grid was run. */
  stopped: { rule: StopRule; sentence: string } | null;
  digest: string;
  /** Of the points above: computed now, and left by an earlier run. */
  computed: number;
  reused: number;
}

export interface BestPoint {
  place: number;
  settings: Record<string, unknown>;
  /** Annual, with its 95 % interval, which knows nothing of the other trials. */
  sharpe: number;
  interval: [number, number];
  /** Annual Sharpe ratio that the best of so many trials without skill would be expected to show. */
  luckyBest: number;
  /** Probability that the true ratio is above that. */
  deflatedSharpe: number;
}

/** What an executor knows a sweep by. @throws DataError, SweepError */
export async function sweepDigest(question: SweepQuestion): Promise<string> {
  return (await open(question)).digest;
}

async function open(question: SweepQuestion) {
  const grid = await readGrid(question.grid);
  const { panel, digests } = await openPanel(question.panel, question.calendar);
  const points = await pointsOf(question.config, grid, digests);
  const digest = digestOf(
    'sweep',
    points.map((point) => point.digest),
    grid.stop,
  );
  return { grid, panel, points, digest, panelDigest: digests[0] as string };
}

/**
 * Runs every point of a grid, or as many as its rule asks for. What was written is not computed again.
 * @throws DataError, SweepError
 */
export async function sweep(
  question: SweepQuestion,
  executor: SweepExecutor,
  tell: (progress: SweepProgress) => void = () => undefined,
): Promise<SweepAnswer> {
  const selection = { ...defaultSelection, ...question.selection };
  checkSelection(selection);
  const { grid, panel, points, digest, panelDigest } = await open(question);
  const results = points.map(({ digest }) => readResult(question.folder, digest) ?? undefined);
  const found = new Set(results.flatMap((result) => result?.digest ?? []));
  const places = placesOf(points);
  const abort = new AbortController();
  const asked = { grid, panel: panelDigest, found, options: selection };
  // What choosing the best of them is worth can be said once they are all there.
  const soFar = () => answer(points, results, asked, unselected);
  const report = () => {
    const done = results.filter((result) => result !== undefined);
    const reused = done.filter(({ digest }) => found.has(digest)).length;
    const best = bestOf(done)?.figures?.sharpe ?? null;
    tell({ done: done.length, points: points.length, reused, best, soFar });
  };
  report();
  if (!reach(results, grid.stop).ended) {
    await executor.run({
      sweep: digest,
      panel,
      points: points.filter((point, i) => results[i] === undefined && places.get(point.digest)?.[0] === i),
      folder: question.folder,
      signal: abort.signal,
      onWritten: (digests) => {
        for (const written of digests) {
          const result = readResult(question.folder, written) ?? undefined;
          for (const place of places.get(written) ?? []) results[place] = result;
        }
        report();
        if (reach(results, grid.stop).ended) abort.abort();
      },
    });
  }
  const { points: reached, ended } = reach(results, grid.stop);
  if (!ended && reached < points.length) {
    throw new SweepError(
      'executor',
      `Point ${reached + 1} of ${points.length} has no result in ${question.folder}. Start the sweep again: it goes on.`,
    );
  }
  return answer(points, results, asked, (series, perYear) =>
    selectionOf(series, panel.dates, perYear, selection),
  );
}

const unselected = (): SelectionOutcome => ({ selection: null, problem: 'The sweep is not at its end.' });

/** A configuration that the grid names in two ways is computed once. */
function placesOf(points: readonly SweepPoint[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { digest, place } of points) places.set(digest, [...(places.get(digest) ?? []), place]);
  return places;
}

function bestOf(results: readonly PointResult[]): PointResult | null {
  return results.reduce<PointResult | null>((best, result) => {
    if (result.figures === null) return best;
    return best?.figures && best.figures.sharpe >= result.figures.sharpe ? best : result;
  }, null);
}

interface Asked {
  grid: Grid;
  /** SHA-256. */
  panel: string;
  /** Digests of points that were there before. */
  found: ReadonlySet<string>;
  options: SelectionOptions;
}

function answer(
  points: readonly SweepPoint[],
  results: readonly (PointResult | undefined)[],
  { grid, panel, found, options }: Asked,
  select: (series: Parameters<typeof selectionOf>[0], periodsPerYear: number) => SelectionOutcome,
): SweepAnswer {
  const rule = grid.stop;
  const { points: reached, ended } = reach(results, rule);
  const seen = results.slice(0, reached).filter((result) => result !== undefined);
  const tried = seen.flatMap(({ figures }) => figures ?? []);
  const deviation = Math.sqrt(
    variance(
      tried.map(({ sample }) => sample.sharpe),
      1,
    ),
  );
  const count = { trials: tried.length, deviation: tried.length > 1 ? deviation : 0 };
  const yearOf = (i: number) => Math.sqrt((points[i] as SweepPoint).periodsPerYear);
  const best = bestOf(seen);
  const reused = seen.filter(({ digest }) => found.has(digest)).length;
  const series = seen.flatMap((result, place) => (result.series ? [{ place, series: result.series }] : []));
  const { selection, problem: selectionProblem } = select(series, points[0]?.periodsPerYear ?? 252);
  return {
    panel,
    axes: grid.axes.map(({ key, values }) => ({ name: key, values: values.map(({ value }) => value) })),
    points: seen.map(({ figures, problem, digest }, i) => {
      const { settings, config, periodsPerYear } = points[i] as SweepPoint;
      if (figures === null) return { settings, figures, problem, digest, trial: null };
      const { sample, ...shown } = figures;
      const { probability } = deflatedSharpe(sample, count);
      const trial = trialOfSample('ours', config, sample, periodsPerYear);
      return { settings, figures: { ...shown, deflatedSharpe: probability }, problem, digest, trial };
    }),
    trials: tried.length,
    trialDeviation: tried.length > 1 ? deviation * yearOf(0) : null,
    best: best?.figures ? bestPoint(points, seen.indexOf(best), best.figures, count) : null,
    selection,
    selectionProblem,
    size: points.length,
    stopped:
      rule !== null && ended && reached < points.length
        ? {
            rule,
            sentence: `Ended after ${reached} of ${points.length} points: ${rule.after} in a row did not raise the best Sharpe ratio by more than ${rule.gain}.`,
          }
        : null,
    digest: digestOf(
      'sweep',
      seen.map(({ digest }) => digest),
      [rule, options],
    ),
    computed: seen.length - reused,
    reused,
  };

  function bestPoint(
    all: readonly SweepPoint[],
    place: number,
    { sharpe, sample }: PointFigures,
    trials: { trials: number; deviation: number },
  ): BestPoint {
    const annual = yearOf(place);
    const [low, high] = sharpeInterval(sample);
    return {
      place,
      settings: (all[place] as SweepPoint).settings,
      sharpe,
      interval: [low * annual, high * annual],
      luckyBest: trials.deviation * expectedMaximum(trials.trials) * annual,
      deflatedSharpe: deflatedSharpe(sample, trials).probability,
    };
  }
}
