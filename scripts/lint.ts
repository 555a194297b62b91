import { run } from './support/commands.ts';
import { findLayerProblems } from './support/layers.ts';
import { root } from './support/root.ts';

const fix = process.argv.includes('--fix');
const biome = await run('biome', ['check', ...(fix ? ['--write'] : []), '.']);
const unused = await run('knip', []);
const problems = findLayerProblems(root);
for (const { file, line, message } of problems) console.error(`${file}:${line}  ${message}`);
process.exit(biome || unused || (problems.length > 0 ? 1 : 0));
