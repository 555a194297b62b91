import { run } from './support/commands.ts';

/** `shared` knows neither DOM nor Node, `renderer` no Node, `electron` no DOM; the tests may see all. */
const parts = ['shared', 'renderer', 'electron', 'test'];
const codes = await Promise.all(parts.map((part) => run('tsc', ['-p', part])));
process.exit(Math.max(...codes));
