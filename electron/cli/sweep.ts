import { resolve } from 'node:path';
import {
  localExecutor,
  type SweepAnswer,
  type SweepProgress,
  type SweepQuestion,
  sweep,
  type TableFormat,
  writeTables,
} from '../compute/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { assertSlurmFlags, type SlurmFlags, withSlurm } from './sweep-slurm.ts';
import { table } from './text.ts';

export interface SweepOptions extends SlurmFlags {
  panel: string;
  config: string;
  grid: string;
  results?: string;
  calendar?: string;
  cores?: number;
  horizon?: number;
  embargo?: number;
  folds?: number;
  testFolds?: number;
  train?: number;
  test?: number;
  gap?: number;
}

/** Progress is said no more often than this. */
const sayEveryMs = 500;

/** What a sweep is asked for. @throws InputError */
export function sweepQuestion(options: SweepOptions & { results: string }): SweepQuestion {
  const { panel, config, grid, results, calendar, cores } = options;
  assertSlurmFlags(options);
  if (cores !== undefined && !(Number.isInteger(cores) && cores >= 1)) {
    throw new InputError(`--cores is a whole number of 1 or more, not ${cores}.`);
  }
  const { horizon, embargo, folds, testFolds, train, test, gap } = options;
  return {
    panel: resolve(panel),
    config: resolve(config),
    grid: resolve(grid),
    calendar: calendar === undefined ? null : resolve(calendar),
    folder: results,
    selection: Object.fromEntries(
      Object.entries({ horizon, embargo, folds, testFolds, train, test, gap }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
  };
}

/** Runs a grid over files, here or on a cluster. @throws DataError, SweepError, SlurmError, SshError */
export function sweepOf(
  question: SweepQuestion,
  options: SweepOptions,
  say: (line: string) => void,
): Promise<SweepAnswer> {
  let said = Number.NEGATIVE_INFINITY;
  const tell = (progress: SweepProgress) => {
    const now = performance.now();
    if (now - said < sayEveryMs && progress.done < progress.points) return;
    said = now;
    say(progressLine(progress));
  };
  return options.slurm === undefined
    ? sweep(question, localExecutor(options.cores), tell)
    : withSlurm(options, say, (executor) => sweep(question, executor, tell));
}

/** The stable shape of `sweep --json`. */
export function sweepReport({ panel: _panel, axes: _axes, points, ...answer }: SweepAnswer) {
  return { ...answer, points: points.map(({ trial: _trial, ...point }) => point) };
}

function progressLine({ done, points, reused, best }: SweepProgress): string {
  const earlier = reused > 0 ? `, ${reused} of them from an earlier run` : '';
  const ratio = best === null ? '' : `; best Sharpe ratio ${best.toFixed(3)}`;
  return `${done} of ${points} points${earlier}${ratio}`;
}

/** Rows of the text; the rest is in the JSON. */
const shownPoints = 10;

export function sweepText(answer: SweepAnswer): string {
  const { points, best, trials, size, stopped, computed, reused } = answer;
  const percent = (value: number) => `${Number((100 * value).toPrecision(4))} %`;
  const ranked = points
    .flatMap(({ settings, figures }) => (figures ? [{ settings, figures }] : []))
    .toSorted((a, b) => b.figures.sharpe - a.figures.sharpe);
  const problems = points.filter(({ problem }) => problem !== null);
  return [
    `${points.length} of ${size} points: ${computed} computed, ${reused} from an earlier run`,
    ...(stopped ? [stopped.sentence] : []),
    ...(best
      ? [
          `Best Sharpe ratio ${best.sharpe.toFixed(3)} [${best.interval.map((end) => end.toFixed(3)).join(', ')}]. The best of ${trials} trials without skill would show ${best.luckyBest.toFixed(3)}; the probability that this one is better than that is ${percent(best.deflatedSharpe)}.`,
        ]
      : ['No point has figures.']),
    ...selectionText(answer),
    '',
    table([
      ['settings', 'Sharpe', 'annual', 'drawdown', 'turnover', 'cost', 'deflated'],
      ...ranked
        .slice(0, shownPoints)
        .map(({ settings, figures }) => [
          settingsText(settings),
          figures.sharpe.toFixed(3),
          percent(figures.annualisedReturn),
          percent(figures.maxDrawdown),
          percent(figures.turnover),
          percent(figures.costShare),
          percent(figures.deflatedSharpe),
        ]),
    ]),
    ...(problems.length > 0 ? ['', `${problems.length} without figures:`] : []),
    ...problems
      .slice(0, shownPoints)
      .map(({ settings, problem }) => `${settingsText(settings)}: ${problem?.split('\n')[0]}`),
  ].join('\n');
}

function selectionText({ selection, selectionProblem }: SweepAnswer): string[] {
  if (selection === null) return [`Choosing the best cannot be tested: ${selectionProblem}`];
  const { overfitting, walkForward, folds, paths, fitting } = selection;
  const ratio = (value: number | null) => value?.toFixed(3) ?? 'none';
  const record = ({ sharpe, interval }: { sharpe: number | null; interval: [number, number] | null }) =>
    `${ratio(sharpe)}${interval ? ` [${interval.map(ratio).join(', ')}]` : ''}`;
  const sorted = paths.sharpes.toSorted((a, b) => a - b);
  return [
    ...(overfitting ? [overfitting.sentence] : []),
    `Sharpe ratio of what was best before each test${fitting === 'static' ? ' (static: there is one point)' : ''}:`,
    ...walkForward.map(
      (walked) => `  walk-forward, ${walked.window}: ${record(walked)} over ${walked.tests.length} tests`,
    ),
    `  purged folds: ${record(folds)} over ${folds.tests.length} tests`,
    `  ${sorted.length} paths through ${paths.splits} splits: ${ratio(sorted[0] ?? null)} to ${ratio(sorted.at(-1) ?? null)}`,
  ];
}

function settingsText(settings: Record<string, unknown>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** A grid of which nothing could be run is a no. */
export function sweepExit({ best }: SweepAnswer): ExitCode {
  return best === null ? exitCodes.no : exitCodes.asked;
}

/** Writes the points and the tests of choosing among them. */
export function writeSweep(
  folder: string,
  { points, selection }: SweepAnswer,
  format: TableFormat,
): Promise<void> {
  const tests = (kind: string, rows: NonNullable<typeof selection>['folds']['tests']) =>
    rows.map(({ test, ...row }) => ({ kind, ...test, ...row }));
  return writeTables(
    folder,
    {
      points: points.map(({ settings, figures, problem }, place) => ({
        place,
        ...Object.fromEntries(
          Object.entries(settings).map(([key, value]) => [
            key,
            typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        ),
        ...(figures ?? noFigures),
        problem,
      })),
      tests: [
        ...(selection?.walkForward ?? []).flatMap(({ window, tests: rows }) => tests(window, rows)),
        ...tests('purged fold', selection?.folds.tests ?? []),
      ],
    },
    format,
  );
}

const noFigures = {
  ...{ sharpe: null, totalReturn: null, annualisedReturn: null, maxDrawdown: null, turnover: null },
  ...{ costShare: null, finalValue: null, deflatedSharpe: null },
};
