import { buildIfStale } from './support/build.ts';
import { chooseHost } from './support/choose-host.ts';
import { downloadRuntime, electronObstacle, electronProgram } from './support/electron-runtime.ts';
import { spawnHost, waitFor } from './support/run-host.ts';
import { taskArguments } from './support/start-arguments.ts';

/** An Electron that lacks a library of the system, or the like, ends at once. */
const earlyMs = 10_000;

const args = taskArguments();
const { host, why } = await chooseHost({
  wish: process.env.HOLDPOINT_HOST,
  window: args.window,
  obstacle: electronObstacle(),
  hasRuntime: () => electronProgram() !== null,
  download: () => downloadRuntime(),
}).catch((error: Error) => {
  console.error(error.message);
  process.exit(2);
});
await buildIfStale();
console.log(`Runs on the ${host} host: ${why}.`);
const startedAt = Date.now();
let code = await waitFor(spawnHost(host, args));
if (host === 'electron' && code !== 0 && Date.now() - startedAt < earlyMs) {
  console.log(`Runs on the loopback host: Electron ended at once, with code ${code}.`);
  code = await waitFor(spawnHost('loopback', args));
}
process.exit(code);
