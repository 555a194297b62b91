// @ts-check
import { health, readiness } from './health.mjs';
import { openapi } from './openapi.mjs';
import { optimize, rebalanceFromModel } from './portfolio.mjs';
import { predict } from './predict.mjs';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} Call
 * @property {import('./state.mjs').State} state
 * @property {import('./fault.mjs').Fault} fault
 * @property {unknown} body
 *
 * @typedef {{ status: number, body: object | string }} Answer
 *
 * @typedef {object} Route
 * @property {boolean} keyed needs a key, counts towards the rate limits, and fails with the fault `failing`
 * @property {(call: Call) => Answer} answer
 */

/**
 * What is answered where. A pure table: who asks, how often, and what is written down is decided around it.
 * @param {import('./service-metrics.mjs').ServiceMetrics} metrics
 * @returns {Record<string, Record<string, Route>>} by path and method
 */
export function routes(metrics) {
  /** @type {(answer: Route['answer']) => Route} */
  const open = (answer) => ({ keyed: false, answer });
  /** @type {(work: (call: Call) => object) => Route} */
  const keyed = (work) => ({ keyed: true, answer: (call) => ({ status: 200, body: work(call) }) });

  const predicting = keyed(({ state, body, fault }) => {
    const answer = predict(state, body, fault);
    metrics.predicted(answer.predictions.map(({ score }) => score));
    return answer;
  });
  /** @type {(work: (call: Call) => ReturnType<typeof optimize>) => Route} */
  const weighing = (work) =>
    keyed((call) => {
      const answer = work(call);
      metrics.portfolio({ names: answer.names, turnover: answer.turnover, costBps: answer.cost.bps });
      return answer;
    });
  return {
    '/healthz': { GET: open(({ state, fault }) => readiness(state, fault)) },
    '/health': { GET: open(({ state, fault }) => health(state, fault)) },
    '/metrics': { GET: open(() => ({ status: 200, body: metrics.text() })) },
    '/openapi.json': { GET: open(({ state }) => ({ status: 200, body: openapi(state) })) },
    '/predict': { GET: predicting, POST: predicting },
    '/rebalance': { POST: weighing(({ state, body, fault }) => rebalanceFromModel(state, body, fault)) },
    '/optimize': { POST: weighing(({ state, body }) => optimize(state, body)) },
  };
}

/**
 * @param {ReturnType<typeof routes>} table @param {string} path @param {string} method
 * @throws {Problem} 404, 405
 */
export function findRoute(table, path, method) {
  const methods = Object.hasOwn(table, path) ? table[path] : undefined;
  if (!methods) {
    throw new Problem(
      404,
      'not-found',
      `There is nothing at ${path}. There are ${Object.keys(table).join(', ')}.`,
    );
  }
  const route = methods[method === 'HEAD' ? 'GET' : method];
  if (route) return route;
  const allowed = Object.keys(methods).join(', ');
  throw new Problem(405, 'wrong-method', `${path} takes ${allowed}, not ${method}.`, {
    headers: { allow: allowed },
  });
}
