// @ts-check
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findRoute, routes } from './api.mjs';
import { bodyOf, readBody } from './body.mjs';
import { readFault } from './fault.mjs';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} Around
 * @property {() => import('./state.mjs').State} state
 * @property {import('./access.mjs').Access} access
 * @property {import('./service-metrics.mjs').ServiceMetrics} metrics
 * @property {import('./line-log.mjs').LineLog} requestLog
 * @property {import('./line-log.mjs').LineLog} predictionLog
 * @property {(error: unknown, requestId: string) => void} onDefect
 * @property {AbortSignal} stopping
 *
 * @typedef {object} Asked one request on its way
 * @property {string} id
 * @property {string} method
 * @property {string} path
 * @property {URLSearchParams} query
 * @property {import('./state.mjs').State} state
 * @property {import('./fault.mjs').Fault} fault
 * @property {string} user name of the key; empty before it is known
 * @property {string} error code of the problem that was answered; empty without one
 * @property {Record<string, string>} headers of the answer
 */

/**
 * Answers one request from its first byte to its line in the log: route, fault, key, limit, body, answer.
 * @param {Around} around
 * @returns {import('node:http').RequestListener}
 */
export function createFront(around) {
  const { metrics } = around;
  const table = routes(metrics);

  return async (request, response) => {
    const beganAt = performance.now();
    metrics.begun();
    const asked = begin(request, around.state());
    const { status, body } = await answer(request, asked).catch((error) => refuse(error, asked));
    const seconds = (performance.now() - beganAt) / 1000;
    // First what was answered is written down, then it is answered: a prediction that someone has is in the log.
    writeDown(asked, status, body, seconds);
    send(response, status, body, asked);
    metrics.ended(asked.method, Object.hasOwn(table, asked.path) ? asked.path : 'other', status, seconds);
  };

  /** @param {import('node:http').IncomingMessage} request @param {Asked} asked */
  async function answer(request, asked) {
    const { state, fault, path, query, method } = asked;
    const route = findRoute(table, path, method);
    if (fault.kind === 'slow') await pause(fault.delayMs);
    if (route.keyed) {
      asked.user = around.access.nameOf(request.headers['x-api-key']);
      asked.headers = around.access.admit(asked.user);
      if (fault.kind === 'failing')
        throw new Problem(500, 'fault', 'The fault "failing" is set on this host.');
    }
    const body = method === 'POST' ? await readBody(request) : bodyOf(query);
    return route.answer({ state, fault, body });
  }

  /** @param {unknown} error @param {Asked} asked */
  function refuse(error, asked) {
    if (!(error instanceof Problem)) around.onDefect(error, asked.id);
    const problem =
      error instanceof Problem
        ? error
        : new Problem(500, 'defect', `This is a defect of the service. Its log has more under ${asked.id}.`);
    const { status, code, message, problems, headers } = problem;
    asked.error = code;
    asked.headers = { ...asked.headers, ...headers };
    return { status, body: { error: code, message, problems } };
  }

  /** @param {Asked} asked @param {number} status @param {object | string} body @param {number} seconds */
  function writeDown({ id, method, path, query, state, user, error }, status, body, seconds) {
    const { logLevel } = state.settings;
    const { version } = state.release;
    const at = new Date().toISOString();
    const ms = Math.round(seconds * 1000);
    const line = { at, id, method, path, status, ms, version, user, error };
    try {
      if (logLevel === 'debug') around.requestLog.write({ ...line, query: String(query) });
      else if (isWanted(logLevel, status, user)) around.requestLog.write(line);
      if (typeof body === 'object' && 'predictions' in body)
        around.predictionLog.write({ at, id, user, ...body });
    } catch (failure) {
      // A full disk must not take the service down with it.
      around.onDefect(failure, id);
    }
  }

  /** @param {number} ms */
  async function pause(ms) {
    await delay(ms, undefined, { signal: around.stopping }).catch(() => {
      throw new Problem(503, 'stopping', 'The service is stopping.', { headers: { connection: 'close' } });
    });
  }
}

/**
 * @param {import('node:http').IncomingMessage} request @param {import('./state.mjs').State} state
 * @returns {Asked}
 */
function begin(request, state) {
  // Not as a URL: what a client sends need not be one, and must not end the service.
  const [path = '/', query] = (request.url ?? '/').split(/\?(.*)/s, 2);
  // Whatever the fault, the metrics tell the truth: they are what a fault is found with.
  const fault = readFault(
    join(state.root, 'shared', 'fault'),
    path === '/metrics' ? null : state.release.version,
  );
  return {
    id: randomUUID(),
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    state,
    fault,
    user: '',
    error: '',
    headers: {},
  };
}

/**
 * @param {import('node:http').ServerResponse} response @param {number} status @param {object | string} body
 * @param {Asked} asked
 */
function send(response, status, body, { id, state, fault, headers }) {
  const isText = typeof body === 'string';
  const text = isText ? body : `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    ...headers,
    'content-type': isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    // A header takes printable ASCII only.
    'x-served-version': (fault.says || state.release.version).replace(/[^\x20-\x7e]/g, '?'),
    'x-request-id': id,
  });
  response.end(text);
}

/**
 * Good answers to probes, which carry no key, would drown the others: they are written down at `debug` alone.
 * @param {import('./settings.mjs').Settings['logLevel']} level @param {number} status @param {string} user
 */
function isWanted(level, status, user) {
  if (level === 'error') return status >= 500;
  return status >= 400 || (level !== 'warn' && user !== '');
}
