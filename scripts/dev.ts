import { watch } from 'node:fs';
import { join } from 'node:path';
import { askRunning } from '../electron/hosts/loopback/index.ts';
import { buildAll } from './support/build.ts';
import { chooseHost } from './support/choose-host.ts';
import { electronObstacle, electronProgram } from './support/electron-runtime.ts';
import { root } from './support/root.ts';
import { spawnHost, waitFor } from './support/run-host.ts';
import { taskArguments } from './support/start-arguments.ts';

/** Several files are written when one is saved. */
const quietMs = 150;

const given = taskArguments();
// A run from the sources is no part of anybody's real journal.
const args = process.argv.includes('--data')
  ? given
  : { ...given, dataFolder: join(root, '.cache', 'dev-data') };
const { host, why } = await chooseHost({
  wish: process.env.HOLDPOINT_HOST,
  window: args.window,
  obstacle: electronObstacle(),
  hasRuntime: () => electronProgram() !== null,
  download: async () => 'only "npm start" downloads it',
});

await buildAll({ log: false });
console.log(`Runs on the ${host} host: ${why}. Saving a file builds and shows it. Ctrl-C ends.`);
let app = spawnHost(host, args);
let restarting = false;
watchApp();

let changed = new Set<string>();
let timer: NodeJS.Timeout | undefined;
let building: Promise<void> = Promise.resolve();
for (const folder of ['electron', 'renderer', 'shared']) {
  watch(join(root, folder), { recursive: true }, () => {
    changed.add(folder);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const folders = changed;
      changed = new Set();
      building = building.then(() => rebuild(folders));
    }, quietMs);
  });
}

function watchApp(): void {
  const mine = app;
  void waitFor(mine).then((code) => {
    if (app === mine && !restarting) process.exit(code);
  });
}

async function rebuild(folders: Set<string>): Promise<void> {
  try {
    await buildAll({ log: false });
  } catch (error) {
    console.error((error as Error).message);
    return;
  }
  const windowAlone = folders.size === 1 && folders.has('renderer');
  if (host === 'loopback' && windowAlone) {
    await askRunning(args.dataFolder, { do: 'reload' });
    return;
  }
  restarting = true;
  const ended = new Promise((resolve) => app.once('exit', resolve));
  app.kill('SIGTERM');
  await ended;
  app = spawnHost(host, args);
  restarting = false;
  watchApp();
}
