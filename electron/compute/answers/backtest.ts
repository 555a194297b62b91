import type { Rule } from '../../../shared/contract/common.ts';
import { parseRules } from '../../../shared/rule/index.ts';
import {
  type ApexConfig,
  type ApexRebalance,
  type ApexRun,
  apexDefects,
  apexFigures,
  type BacktestConfig,
  BacktestError,
  type BacktestRun,
  type BacktestTables,
  backtestFigures,
  backtestReturns,
  backtestTables,
  defaultConfig,
  defaultTopK,
  findConflicts,
  type Panel,
  runApex,
  runBacktest,
  tradeRows,
  turnoverOf,
  valueRows,
} from '../backtest/index.ts';
import { type BacktestFile, readApexConfig, readBacktestConfig, readPanel } from '../data/index.ts';
import {
  conventions,
  type Figure,
  type FigureVerdict,
  judgeRule,
  ours,
  returnFigures,
  returnsOfValues,
  sharpeSample,
  type TrialCount,
  validityFigures,
} from '../statistics/index.ts';
import { type CalendarAnswer, openPanel } from './panel.ts';
import { type ProbesAnswer, type ProbesQuestion, probe } from './probes.ts';
import { type PanelTrial, trialOf } from './trial.ts';
import { digestOf, type WrittenFigure, written, writtenAll } from './written.ts';

export interface BacktestQuestion {
  panel: string;
  config: string;
  /** Another system's engine instead of ours. */
  compat: 'apex' | null;
  /** Trading days of the exchange, in a file; the dates of the panel where there is none. */
  calendar?: string | null;
  /** How many configurations were tried, where more is known than the configuration says. */
  trials?: TrialCount | null;
  /** Looks for knowledge of the future, too. */
  probes?: ProbesQuestion | null;
}

/** A figure by the definitions of the engine that ran, with ours beside it where they differ. */
export type ComparedFigure = WrittenFigure & { ours?: WrittenFigure };

export interface BacktestAnswer {
  /** Of the run, and of what its Sharpe ratio is worth. */
  metrics: Record<string, ComparedFigure>;
  /** What rules make of the figures, and constraints that the run broke. */
  verdicts: FigureVerdict[];
  rebalances: Record<string, string | number>[];
  finalValue: number;
  /** As the ledger counts it. */
  trial: PanelTrial;
  digest: string;
  /** What the engine is known to do wrong; empty for ours. */
  defects: readonly string[];
  /** Whether the configuration asks for rules of its own. */
  asked: boolean;
  tables: Partial<BacktestTables>;
  /** What the deflated Sharpe ratio was held against. */
  trials: TrialCount;
  /** Null where none was given. */
  calendar: CalendarAnswer | null;
  /** Null where they were not asked for. */
  probes: ProbesAnswer | null;
}

/** What is asked where a configuration asks nothing: that there is anything at all. */
const defaultRules = 'Sharpe ratio > 0';
/** What that system's own checklist asks. */
const apexRules = 'Sharpe ratio > 0.75, transaction cost < 30 %';

/** @throws DataError, BacktestError */
export async function answerBacktest(
  question: BacktestQuestion,
  progress: (phase: string, share: number) => void = () => undefined,
): Promise<BacktestAnswer> {
  const { trials, probes } = question;
  if (question.compat === 'apex') {
    if (probes) {
      throw new BacktestError(
        'bad-config',
        'Probes run by our rules, because they run the rules again and again. Leave --compat out, or --probes.',
      );
    }
    const file = await readApexConfig(question.config);
    if (question.calendar) {
      throw new BacktestError(
        'bad-config',
        'That engine goes by the dates of the data alone. Leave --compat out, or --calendar.',
      );
    }
    const { panel, sha256 } = await readPanel(question.panel);
    return answerApex(panel, sha256, { ...file, trials: trials ?? file.trials });
  }
  const { costPenalty, ...read } = await readBacktestConfig(question.config);
  const file = { ...read, trials: trials ?? read.trials };
  const { panel, digests, calendar } = await openPanel(question.panel, question.calendar);
  if (costPenalty > 0) refuseCostPenalty(panel, file.config);
  progress('running', 0.4);
  const run = runBacktest(panel, file.config);
  const answer = { ...answerOurs(panel, digests, file, run), calendar };
  if (!probes) return answer;
  const found = await probe(panel, run, file.config, file.periodsPerYear, probes, (share) =>
    progress('looking for knowledge of the future', 0.5 + share / 2),
  );
  return { ...answer, probes: found };
}

/** Said together with whatever else cannot be, so that the configuration is mended once. */
function refuseCostPenalty(panel: Panel, config: BacktestConfig): never {
  const sentences = [
    'cost_penalty takes a cost from a score, which has no unit. Set it to 0 and use candidate_multiplier to hold on to names, or run with --compat apex.',
    ...findConflicts(panel, config).map(({ sentence }) => sentence),
  ];
  throw new BacktestError('bad-config', sentences.join('\n'));
}

function answerOurs(
  panel: Panel,
  digests: readonly string[],
  file: BacktestFile<BacktestConfig>,
  run: BacktestRun,
): BacktestAnswer {
  const { config, periodsPerYear, trials } = file;
  const convention = { ...ours, periodsPerYear };
  const returns = backtestReturns(run, config);
  const figures = backtestFigures(panel, run, config, convention);
  const tables = backtestTables(panel, run, config);
  return {
    metrics: writtenAll<string>({ ...figures, ...validityFigures(returns, convention, trials) }),
    verdicts: verdictsOf(file.rules, defaultRules, figures, returns, periodsPerYear),
    rebalances: tables.rebalances,
    finalValue: run.values.at(-1) as number,
    trial: { panel: digests[0] as string, ...trialOf('ours', config, returns, periodsPerYear) },
    digest: digestOf('backtest', digests, file),
    defects: [],
    asked: file.rules.length > 0,
    tables,
    trials,
    calendar: null,
    probes: null,
  };
}

function answerApex(panel: Panel, sha256: string, file: BacktestFile<ApexConfig>): BacktestAnswer {
  const { config, periodsPerYear, trials } = file;
  const run = runApex(panel, config);
  const theirs = apexFigures(run, config);
  const returns = returnsOfValues(run.values, config.capital);
  const convention = { ...ours, periodsPerYear };
  const own: Record<string, Figure> = {
    ...returnFigures(returns, convention),
    ...turnoverOf(
      run.rebalances.map(({ tradedTurnover }) => tradedTurnover),
      returns.length,
      convention,
    ),
  };
  return {
    metrics: Object.fromEntries(
      Object.entries({ ...own, ...theirs, ...validityFigures(returns, convention, trials) }).map(
        ([name, figure]): [string, ComparedFigure] => {
          const beside = own[name];
          return [
            name,
            { ...written(figure), ...(beside && beside !== figure ? { ours: written(beside) } : {}) },
          ];
        },
      ),
    ),
    verdicts: [
      // Verdicts are on our figures: theirs have no interval of their own.
      ...verdictsOf(file.rules, apexRules, { ...theirs, ...own }, returns, periodsPerYear),
      ...brokenConstraints(panel, run, config),
    ],
    rebalances: run.rebalances.map((row) => ({ ...row })),
    finalValue: run.values.at(-1) as number,
    trial: { panel: sha256, ...trialOf('apex', config, returns, periodsPerYear) },
    digest: digestOf('backtest apex', [sha256], { file, convention: conventions.apex }),
    defects: apexDefects,
    asked: file.rules.length > 0,
    tables: {
      // Its first value is that of the second date.
      ...valueRows(panel.dates.slice(1), run.values, config.capital),
      trades: tradeRows(panel, run.trades),
    },
    trials,
    calendar: null,
    probes: null,
  };
}

function verdictsOf(
  rules: readonly Rule[],
  otherwise: string,
  figures: Record<string, Figure>,
  returns: Float64Array,
  periodsPerYear: number,
): FigureVerdict[] {
  const context = { periods: returns.length, periodsPerYear, sample: sharpeSample(returns) };
  return (rules.length > 0 ? rules : parseRules(otherwise)).map((rule) => judgeRule(rule, figures, context));
}

/** That engine runs whatever is asked of it: what could never hold, and what did not, is said all the same. */
function brokenConstraints(panel: Panel, { rebalances }: ApexRun, config: ApexConfig): FigureVerdict[] {
  const { rebalance, capital, topK, minWeight, turnoverLimit, minAlpha } = config;
  const strategy = { ...defaultTopK, topK, minWeight, turnoverLimit, minAlpha };
  const conflicts = findConflicts(panel, { ...defaultConfig, strategy, rebalance, capital, fill: 'close' });
  const failed = (rule: string, sentence: string): FigureVerdict => ({
    rule,
    figure: 'constraints',
    verdict: 'fail',
    sentence,
    value: null,
    interval: null,
    probability: null,
    periodsNeeded: null,
  });
  const share = (value: number) => `${Number((100 * value).toPrecision(3))} %`;
  const breaks = (
    rule: string,
    broken: (row: ApexRebalance) => boolean,
    told: (row: ApexRebalance) => string,
  ) => {
    const rows = rebalances.filter(broken);
    const worst = rows.at(-1);
    if (!worst) return [];
    return [
      failed(
        rule,
        `Broken at ${rows.length} of ${rebalances.length} rebalances, last on ${worst.date}: ${told(worst)}.`,
      ),
    ];
  };
  return [
    ...conflicts.map(({ constraints, sentence }) => failed(constraints.join(', '), sentence)),
    ...breaks(
      `names <= ${topK}`,
      ({ held }) => held > topK,
      ({ held }) => `${held} names are held`,
    ),
    ...breaks(
      `min_weight >= ${share(minWeight)}`,
      (row) => row.minWeight < minWeight - 1e-9,
      (row) => `the smallest weight is ${share(row.minWeight)}`,
    ),
    ...breaks(
      `turnover <= ${share(turnoverLimit)}`,
      (row) => row.constrainedTurnover > turnoverLimit + 1e-9,
      (row) => `${share(row.constrainedTurnover)} is traded`,
    ),
    ...breaks(
      'cash >= 0',
      ({ cash }) => cash < -1e-9,
      ({ cash }) => `cash is ${cash.toFixed(2)}`,
    ),
  ];
}
