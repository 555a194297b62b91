// @ts-check
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { Access } from './access.mjs';
import { createFront } from './front.mjs';
import { openLineLog } from './line-log.mjs';
import { SettingsError } from './problem.mjs';
import { serviceMetrics } from './service-metrics.mjs';
import { readState } from './state.mjs';

/** Answers under way are given this long when the service stops. */
const graceMs = 5000;
const release = dirname(import.meta.dirname);
/** Written when the port is open; the service script waits for it. */
const readyFile = process.env.SERVICE_READY_FILE;

/** @param {string} text */
function say(text) {
  console.log(`${new Date().toISOString()} ${text}`);
}

// What it says goes into a file; a full disk is no reason to end.
process.stdout.on('error', () => undefined);

/** @type {import('./state.mjs').State} */
let state;
try {
  state = readState(release);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  say(`Cannot start. ${error.message}`);
  process.exit(1);
}

const metrics = serviceMetrics();
const access = new Access(metrics);
const stopping = new AbortController();
const requestLog = openLineLog(join(state.root, 'shared', 'logs', 'requests.jsonl'));
const predictionLog = openLineLog(join(state.root, 'shared', 'data', 'predictions.jsonl'));

function use(/** @type {import('./state.mjs').State} */ next) {
  state = next;
  access.set(next.settings);
  metrics.loaded(next.release);
  const { environmentVersion } = next.settings;
  if (environmentVersion && environmentVersion !== next.release.version) {
    say(`shared/.env was written for ${environmentVersion}; this release is ${next.release.version}.`);
  }
}
use(state);

const server = createServer(
  createFront({
    state: () => state,
    access,
    metrics,
    requestLog,
    predictionLog,
    onDefect: (error, id) => say(`Defect in request ${id}: ${error instanceof Error ? error.stack : error}`),
    stopping: stopping.signal,
  }),
);
server.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  const why = code === 'EADDRINUSE' ? 'another program has it' : error.message;
  say(`Cannot listen on 127.0.0.1:${state.settings.port}: ${why}. Change PORT in shared/.env.`);
  process.exit(1);
});
server.listen(state.settings.port, '127.0.0.1', () => {
  const { system, version } = state.release;
  say(
    `${system} ${version} (${state.releaseName}) listens on 127.0.0.1:${state.settings.port}, process ${process.pid}.`,
  );
  if (readyFile) writeFileSync(readyFile, `${process.pid}\n`);
});

process.on('SIGHUP', () => {
  try {
    const next = readState(release);
    if (next.settings.port !== state.settings.port) say('PORT has changed; that takes a restart.');
    use(next);
    say('Settings and model were read again.');
  } catch (error) {
    say(`Kept the settings it had. ${/** @type {Error} */ (error).message}`);
  }
});

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  process.once(signal, () => {
    say(`Stopping after ${signal}.`);
    if (readyFile) rmSync(readyFile, { force: true });
    stopping.abort();
    server.close(() => {
      requestLog.close();
      predictionLog.close();
      say('Stopped.');
      process.exit(0);
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
  });
}
