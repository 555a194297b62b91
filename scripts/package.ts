import { buildAll } from './support/build.ts';
import { run } from './support/commands.ts';

/** Further arguments go to electron-builder: `npm run package -- --linux deb`. */
await buildAll({ log: false });
console.error("electron-builder downloads Electron's runtime for the system that is packaged.");
process.exit(
  await run('electron-builder', [
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    ...process.argv.slice(2),
  ]),
);
