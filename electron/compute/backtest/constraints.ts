import { type BacktestConfig, checkConfig, type TopK } from './config.ts';
import { BacktestError } from './errors.ts';
import type { Panel } from './panel.ts';
import { Ranking } from './ranking.ts';
import { decisionDates } from './schedule.ts';

/** Why no portfolio can meet all constraints, and what would. */
export interface Conflict {
  constraints: string[];
  sentence: string;
}

/** Conflicts that can be told before a run; the ranking says how many names change. Empty where there is none. */
export function findConflicts(panel: Panel, config: BacktestConfig, ranking?: Ranking): Conflict[] {
  const { strategy } = config;
  const few = tooFewNames(panel, strategy.topK);
  if (strategy.kind === 'top-k-dropout') {
    return strategy.drop > strategy.topK ? [...few, dropTooMany(strategy.drop, strategy.topK)] : few;
  }
  return [
    ...few,
    ...weightConflicts(strategy),
    ...turnoverConflicts(panel, config, strategy, ranking ?? new Ranking(panel, strategy.topK)),
    ...fillConflicts(panel, config),
  ];
}

/** @throws BacktestError `bad-config`, or `unsatisfiable` with every conflict */
export function assertPossible(panel: Panel, config: BacktestConfig, ranking?: Ranking): void {
  checkConfig(config);
  const conflicts = findConflicts(panel, config, ranking);
  if (conflicts.length === 0) return;
  throw new BacktestError('unsatisfiable', conflicts.map(({ sentence }) => sentence).join('\n'));
}

const percent = (fraction: number) => `${Number((fraction * 100).toPrecision(4))} %`;

function tooFewNames({ codes }: Panel, topK: number): Conflict[] {
  if (codes.length >= topK) return [];
  return [
    {
      constraints: ['top_k'],
      sentence: `The panel has ${codes.length} codes, and top_k asks for ${topK} names. Set top_k to ${codes.length} or less.`,
    },
  ];
}

function dropTooMany(drop: number, topK: number): Conflict {
  return {
    constraints: ['drop', 'top_k'],
    sentence: `drop is ${drop}, and only ${topK} names are held. Set it to ${topK} or less.`,
  };
}

function weightConflicts({ topK, minWeight, maxWeight }: TopK): Conflict[] {
  const found: Conflict[] = [];
  if (topK * minWeight > 1 + 1e-12) {
    found.push({
      constraints: ['top_k', 'min_weight'],
      sentence: `${topK} names of at least ${percent(minWeight)} each need ${percent(topK * minWeight)} of the portfolio. Set top_k to ${Math.floor(1 / minWeight + 1e-9)} or less, or min_weight to ${percent(1 / topK)} or less.`,
    });
  }
  if (minWeight > maxWeight) {
    found.push({
      constraints: ['min_weight', 'max_weight'],
      sentence: `min_weight ${percent(minWeight)} is above max_weight ${percent(maxWeight)}. Exchange them.`,
    });
  }
  return found;
}

/**
 * Going part of the way α leaves newcomers with α/K and leavers with (1-α)/K: one of them is below half of 1/K. With a
 * minimum above that, a limited rebalance always breaks it, or the limit, or the number of names.
 */
function turnoverConflicts(
  panel: Panel,
  { rebalance }: BacktestConfig,
  { topK, minWeight, turnoverLimit, turnoverRule }: TopK,
  ranking: Ranking,
): Conflict[] {
  if (turnoverRule !== 'blend' || turnoverLimit >= 1 || 2 * minWeight * topK <= 1) return [];
  const decisions = decisionDates(panel.dates, rebalance, panel.sessions);
  const changes: number[] = [];
  let before = new Set<number>();
  for (const date of decisions) {
    const now = new Set(ranking.best(date, topK));
    if (before.size > 0) changes.push([...now].filter((code) => !before.has(code)).length);
    before = now;
  }
  const allowed = Math.floor(turnoverLimit * topK + 1e-9);
  const over = changes.filter((count) => count > allowed);
  if (over.length === 0) return [];
  const most = Math.max(...over);
  return [
    {
      constraints: ['top_k', 'min_weight', 'turnover_limit'],
      sentence: [
        `${topK} names, min_weight ${percent(minWeight)} and turnover_limit ${percent(turnoverLimit)} cannot all hold.`,
        `The limit lets ${allowed} of ${topK} names change, but the scores change up to ${most}, and more than ${allowed} at ${over.length} of ${changes.length} rebalances.`,
        `Going part of the way then leaves newcomers or leavers below ${percent(1 / (2 * topK))}, under the minimum, and holds more than ${topK} names.`,
        `Set turnover_rule to replace, which exchanges at most ${allowed} names; or turnover_limit to ${percent(Math.min(1, Math.ceil((most / topK) * 100) / 100))}; or min_weight to 0.`,
      ].join(' '),
    },
  ];
}

function fillConflicts(panel: Panel, { fill }: BacktestConfig): Conflict[] {
  if (fill !== 'next-open' || panel.open !== null) return [];
  return [
    {
      constraints: ['fill'],
      sentence: 'fill is next-open, and the panel has no column "open". Add it, or set fill to next-close.',
    },
  ];
}
