// @ts-check
import { Input, shown } from './input.mjs';
import { rank, scoreOf } from './model.mjs';
import { featuresOf, tradingDayUpTo } from './panel.mjs';
import { horizons } from './settings.mjs';

/**
 * @typedef {import('./state.mjs').State} State
 * @typedef {import('./fault.mjs').Fault} Fault
 * @typedef {{ rank: number, code: string, score: number }[]} Predictions
 */

/**
 * Scores of the universe on a date, or of the instruments whose features the body gives.
 * @param {State} state @param {unknown} body @param {Fault} fault
 */
export function predict(state, body, fault) {
  const input = new Input(body, ['date', 'horizon', 'top_k', 'instruments']);
  const asked = readAsked(state, input);
  const rows = input.has('instruments') ? readInstruments(state, input) : null;
  input.done();
  const { panelDate, predictions } = rows
    ? { panelDate: null, predictions: rank(score(state, asked.horizon, rows)).slice(0, asked.topK) }
    : predictUniverse(state, asked);
  return {
    version: state.release.version,
    date: rows ? null : asked.date,
    panelDate,
    horizon: asked.horizon,
    predictions: spoilt(predictions, fault),
  };
}

/**
 * Date, horizon and number of names, as any call may give them.
 * @param {State} state @param {Input} input
 */
export function readAsked({ settings }, input) {
  return {
    date: input.date('date', new Date().toISOString().slice(0, 10)),
    horizon: input.oneOf('horizon', settings.horizon, horizons),
    topK: input.number('top_k', settings.portfolio.topK, { least: 1, most: 500, whole: true }),
  };
}

/**
 * @param {State} state @param {{ date: string, horizon: number, topK: number }} asked
 * @returns {{ panelDate: string, predictions: Predictions, scores: import('./model.mjs').Score[] }} the best names, and all
 */
export function predictUniverse(state, { date, horizon, topK }) {
  const panelDate = tradingDayUpTo(date);
  const rows = state.model.universe.map((code) => ({
    code,
    features: featuresOf(state.model, code, panelDate),
  }));
  const scores = score(state, horizon, rows);
  return { panelDate, predictions: rank(scores).slice(0, topK), scores };
}

/**
 * What the fault `wrong` makes of scores: well-formed, with status 200, and useless.
 * @param {Predictions} predictions @param {Fault} fault
 */
export function spoilt(predictions, fault) {
  if (fault.kind !== 'wrong' || fault.scores === 'as they are') return predictions;
  const value = fault.scores === 'nan' ? Number.NaN : 0.5;
  return predictions.map((prediction) => ({ ...prediction, score: value }));
}

/**
 * @param {State} state @param {number} horizon @param {{ code: string, features: Record<string, number> }[]} rows
 */
function score({ model }, horizon, rows) {
  return rows.map(({ code, features }) => ({ code, score: scoreOf(model, horizon, features) }));
}

/**
 * @param {State} state @param {Input} input
 * @returns {{ code: string, features: Record<string, number> }[]}
 */
function readInstruments({ model }, input) {
  const names = model.features.map(({ name }) => name);
  const seen = new Set();
  return input.list('instruments', 5000).map((entry, index) => {
    const at = `instruments[${index}]`;
    const { code, features } = /** @type {{ code: unknown, features: unknown }} */ (entry);
    if (typeof code !== 'string' || code === '')
      input.mistake(`${at}.code`, `must be a code, and is ${shown(code)}`);
    else if (seen.has(code)) input.mistake(`${at}.code`, `${shown(code)} is there twice`);
    seen.add(code);
    const given = typeof features === 'object' && features !== null ? Object.entries(features) : [];
    if (given.length === 0) input.mistake(`${at}.features`, `must be an object with ${names.join(', ')}`);
    const values = Object.fromEntries(given);
    for (const name of given.length > 0 ? names : []) {
      if (!Number.isFinite(values[name])) {
        input.mistake(`${at}.features.${name}`, `must be a finite number, and is ${shown(values[name])}`);
      }
    }
    for (const name of Object.keys(values)) {
      if (!names.includes(name)) input.mistake(`${at}.features.${name}`, 'is no feature of this model');
    }
    return { code: String(code), features: values };
  });
}
