import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BenchRow, benchTable, runBench } from './support/bench-rows.ts';
import { buildIfStale } from './support/build.ts';
import { root } from './support/root.ts';

/**
 * Runs every `*.bench.ts` below `test/bench` in a process of its own, one after the other, and prints what they measured.
 * With arguments only the files whose path contains one of them. Ends with code 1 when a goal is missed.
 */
const only = process.argv.slice(2);
const folder = join(root, 'test', 'bench');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.bench.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
  .sort();
await buildIfStale();

const rows: BenchRow[] = [];
let failed = files.length === 0;
for (const file of files) {
  console.error(file);
  const result = await runBench(join(root, file));
  rows.push(...result.rows);
  if (result.code !== 0) {
    console.error(`${file} ended with code ${result.code}.`);
    failed = true;
  }
}
console.log(benchTable(rows));
process.exit(failed || rows.some(({ met }) => !met) ? 1 : 0);
