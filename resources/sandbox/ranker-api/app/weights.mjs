// @ts-check

/**
 * @typedef {import('./settings.mjs').Portfolio} Limits
 * @typedef {import('./model.mjs').Score} Score
 * @typedef {Map<string, number>} Weights fraction of the portfolio by code
 *
 * @typedef {object} Rebalanced
 * @property {Weights} weights they sum to 1
 * @property {number} turnover half the sum of the changes in weight
 * @property {boolean} inception nothing was held: everything is bought, and the turnover limit does not apply
 * @property {string[]} kept names that stay outside the target, or below the minimum, because the limit left no room
 */

/** How far a score must be ahead to be worth a cost of one per cent of the value traded. */
const scorePerCostPercent = 0.05;
const tiny = 1e-9;

/**
 * New weights from scores, at a cost: a name that is not held must be better by more than what buying it costs, every
 * weight is at least the minimum, and the turnover stays within the limit.
 * Within the limit names are exchanged one for one, at equal weight, the worst held against the best wanted; what is
 * left of the limit then moves the weights of the held names towards their target. Both ends of that move respect the
 * minimum, so every point between them does.
 * @param {readonly Score[]} scores each code once
 * @param {Weights} current any positive weights; they are scaled to sum to 1
 * @param {Limits} limits
 * @returns {Rebalanced}
 */
export function rebalance(scores, current, limits) {
  const held = scaled(current);
  const wanted = choose(scores, held, limits);
  const target = tilt(wanted, limits.minPosition);
  const inception = held.size === 0;
  if (inception || turnoverOf(held, target) <= limits.maxTurnover + tiny) {
    return { weights: rounded(target), turnover: turnoverOf(held, target), inception, kept: [] };
  }
  const scoreOf = new Map(scores.map(({ code, score }) => [code, score]));
  const exchanged = exchange(held, wanted, scoreOf, limits);
  const names = [...exchanged.keys()].map((code) => ({ code, score: scoreOf.get(code) ?? 0 }));
  const towards = mayTilt(exchanged, limits) ? tilt(names, limits.minPosition) : exchanged;
  const room = limits.maxTurnover - turnoverOf(held, exchanged);
  const share = Math.min(1, room / Math.max(tiny, turnoverOf(exchanged, towards)));
  const weights = rounded(blend(exchanged, towards, Math.max(0, share)));
  const kept = [...weights]
    .filter(([code, weight]) => !target.has(code) || weight < limits.minPosition - tiny)
    .map(([code]) => code)
    .sort();
  return { weights, turnover: turnoverOf(held, weights), inception, kept };
}

/**
 * Half the sum of the changes in weight: 1 when everything is sold for something else.
 * @param {Weights} from @param {Weights} to
 */
export function turnoverOf(from, to) {
  if (from.size === 0) return 1;
  let sum = 0;
  for (const code of new Set([...from.keys(), ...to.keys()])) {
    sum += Math.abs((to.get(code) ?? 0) - (from.get(code) ?? 0));
  }
  return sum / 2;
}

/**
 * The best names after the cost of buying those that are not held.
 * @param {readonly Score[]} scores @param {Weights} held @param {Limits} limits
 */
function choose(scores, held, limits) {
  const costPercent = limits.costBps / 100;
  const fitting = limits.minPosition > 0 ? Math.floor(1 / limits.minPosition + tiny) : limits.topK;
  return scores
    .map(({ code, score }) => ({
      code,
      score,
      net: held.has(code) ? score : score - costPercent * scorePerCostPercent,
    }))
    .sort((a, b) => b.net - a.net || (a.code < b.code ? -1 : 1))
    .slice(0, Math.min(limits.topK, fitting));
}

/**
 * The minimum for each, and the rest in proportion to the scores.
 * @param {readonly Score[]} names @param {number} minimum
 * @returns {Weights}
 */
function tilt(names, minimum) {
  const lowest = Math.min(...names.map(({ score }) => score));
  const shares = names.map(({ score }) => score - lowest + 0.1);
  const sum = shares.reduce((total, share) => total + share, 0);
  const free = 1 - minimum * names.length;
  return new Map(names.map(({ code }, index) => [code, minimum + (free * (shares[index] ?? 0)) / sum]));
}

/**
 * @param {Weights} held @param {readonly Score[]} wanted @param {Map<string, number>} scoreOf @param {Limits} limits
 * @returns {Weights}
 */
function exchange(held, wanted, scoreOf, limits) {
  const weights = new Map(held);
  const entering = wanted.map(({ code }) => code).filter((code) => !held.has(code));
  const wantedCodes = new Set(wanted.map(({ code }) => code));
  const leaving = [...held.keys()]
    .filter((code) => !wantedCodes.has(code))
    .sort((a, b) => (scoreOf.get(a) ?? -1) - (scoreOf.get(b) ?? -1) || (a < b ? -1 : 1));
  let room = limits.maxTurnover;
  for (const code of leaving) {
    const weight = weights.get(code) ?? 0;
    if (weight > room + tiny) continue;
    room -= weight;
    weights.delete(code);
    const next = weight >= limits.minPosition - tiny ? entering.shift() : undefined;
    const into = next ?? lightest(weights, wantedCodes) ?? entering.shift();
    if (into === undefined) {
      weights.set(code, weight);
      break;
    }
    weights.set(into, (weights.get(into) ?? 0) + weight);
  }
  return weights;
}

/**
 * The wanted name that is held with the smallest weight.
 * @param {Weights} weights @param {Set<string>} wanted
 */
function lightest(weights, wanted) {
  return [...weights]
    .filter(([code]) => wanted.has(code))
    .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))[0]?.[0];
}

/**
 * Whether every name can have the minimum at once.
 * @param {Weights} weights @param {Limits} limits
 */
function mayTilt(weights, limits) {
  return weights.size * limits.minPosition <= 1 + tiny;
}

/** @param {Weights} from @param {Weights} to @param {number} share */
function blend(from, to, share) {
  return new Map([...from].map(([code, weight]) => [code, weight + share * ((to.get(code) ?? 0) - weight)]));
}

/** @param {Weights} weights @returns {Weights} */
function scaled(weights) {
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map(
    [...weights].filter(([, weight]) => weight > 0).map(([code, weight]) => [code, weight / sum]),
  );
}

/**
 * Ten decimals, heaviest first; the heaviest takes up what rounding left over, so that the sum is 1.
 * @param {Weights} weights
 * @returns {Weights}
 */
function rounded(weights) {
  const round = (/** @type {number} */ value) => Math.round(value * 1e10) / 1e10;
  const sorted = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const result = new Map(sorted.map(([code, weight]) => [code, round(weight)]));
  const [heaviest] = sorted[0] ?? [''];
  const rest = 1 - [...result.values()].reduce((total, weight) => total + weight, 0);
  if (heaviest) result.set(heaviest, round((result.get(heaviest) ?? 0) + rest));
  return result;
}
