import { join } from 'node:path';
import { runApp } from './hosts/electron/index.ts';

const here = import.meta.dirname;
runApp({
  windowFiles: join(here, '../renderer'),
  preload: join(here, '../preload/preload.cjs'),
  serviceProcess: join(here, 'service-process.js'),
});
