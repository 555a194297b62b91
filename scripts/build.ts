import { buildAll } from './support/build.ts';

await buildAll({ log: true });
