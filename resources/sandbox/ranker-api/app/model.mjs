// @ts-check
import { readFileSync } from 'node:fs';

/**
 * A small feed-forward network: standardised features, one hidden layer of tanh, one sigmoid output per horizon.
 * @typedef {object} Model
 * @property {string} system
 * @property {string} version
 * @property {string[]} universe
 * @property {{ name: string, mean: number, scale: number }[]} features
 * @property {{ weights: number[][], bias: number[] }} hidden one row of weights per unit
 * @property {Record<string, { weights: number[], bias: number }>} heads by horizon
 *
 * @typedef {{ code: string, score: number }} Score
 */

/**
 * @param {string} path
 * @returns {Model}
 */
export function readModel(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Probability that a name beats the median over the horizon, between 0 and 1, to six decimals.
 * @param {Model} model
 * @param {number} horizon
 * @param {Record<string, number>} features by name, all of them
 */
export function scoreOf(model, horizon, features) {
  const head = model.heads[String(horizon)];
  if (!head) throw new RangeError(`no head for horizon ${horizon}`);
  const input = model.features.map(
    ({ name, mean, scale }) => ((features[name] ?? Number.NaN) - mean) / scale,
  );
  const hidden = model.hidden.weights.map((row, unit) =>
    Math.tanh(dot(row, input) + (model.hidden.bias[unit] ?? 0)),
  );
  const score = 1 / (1 + Math.exp(-(dot(head.weights, hidden) + head.bias)));
  // Six decimals: the last digits of tanh and exp differ between processors.
  return Math.round(score * 1e6) / 1e6;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function dot(a, b) {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/**
 * Best first; equal scores by code, so that the order never depends on anything else.
 * @param {readonly Score[]} scores
 * @returns {{ rank: number, code: string, score: number }[]}
 */
export function rank(scores) {
  return [...scores]
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
    .map(({ code, score }, index) => ({ rank: index + 1, code, score }));
}
