// @ts-check
import { Input, shown } from './input.mjs';
import { predictUniverse, readAsked, spoilt } from './predict.mjs';
import { rebalance } from './weights.mjs';

/** @typedef {import('./state.mjs').State} State */

/**
 * New weights from the model's own scores.
 * @param {State} state @param {unknown} body @param {import('./fault.mjs').Fault} fault
 */
export function rebalanceFromModel(state, body, fault) {
  const input = new Input(body, ['date', 'horizon', 'top_k', 'current_weights', 'portfolio_value']);
  const asked = readAsked(state, input);
  const limits = { ...state.settings.portfolio, topK: asked.topK };
  const { current, value } = readHeld(input);
  input.done();
  const { panelDate, predictions, scores } = predictUniverse(state, asked);
  return {
    version: state.release.version,
    date: asked.date,
    panelDate,
    horizon: asked.horizon,
    predictions: spoilt(predictions, fault),
    ...portfolio(scores, current, limits, value),
  };
}

/**
 * New weights from scores that the caller has.
 * @param {State} state @param {unknown} body
 */
export function optimize(state, body) {
  const input = new Input(body, ['predictions', 'top_k', 'current_weights', 'portfolio_value']);
  const { topK } = readAsked(state, input);
  const scores = readScores(input);
  const { current, value } = readHeld(input);
  input.done();
  return {
    version: state.release.version,
    ...portfolio(scores, current, { ...state.settings.portfolio, topK }, value),
  };
}

/**
 * @param {import('./model.mjs').Score[]} scores @param {Map<string, number>} current
 * @param {import('./settings.mjs').Portfolio} limits @param {number} value
 */
function portfolio(scores, current, limits, value) {
  const { weights, turnover, inception, kept } = rebalance(scores, current, limits);
  // At inception everything is bought once; afterwards each turnover is one sale and one purchase.
  const bps = (inception ? 1 : 2 * turnover) * limits.costBps;
  return {
    weights: Object.fromEntries(weights),
    names: weights.size,
    turnover: Number(turnover.toFixed(10)),
    inception,
    kept,
    cost: {
      bps: Number(bps.toFixed(6)),
      fraction: Number((bps / 1e4).toFixed(10)),
      amount: Number(((value * bps) / 1e4).toFixed(2)),
    },
    limits: { topK: limits.topK, minPositionSize: limits.minPosition, maxDailyTurnover: limits.maxTurnover },
  };
}

/** @param {Input} input */
function readHeld(input) {
  return {
    current: input.weights('current_weights'),
    value: input.number('portfolio_value', 1, { least: 0, most: 1e15 }),
  };
}

/**
 * @param {Input} input
 * @returns {import('./model.mjs').Score[]}
 */
function readScores(input) {
  const seen = new Set();
  return input.list('predictions', 5000).map(({ code, score }, index) => {
    const at = `predictions[${index}]`;
    if (typeof code !== 'string' || code === '')
      input.mistake(`${at}.code`, `must be a code, and is ${shown(code)}`);
    else if (seen.has(code)) input.mistake(`${at}.code`, `${shown(code)} is there twice`);
    seen.add(code);
    if (typeof score !== 'number') input.mistake(`${at}.score`, `must be a number, and is ${shown(score)}`);
    return { code: String(code), score: Number(score) };
  });
}
