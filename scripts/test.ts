import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './support/commands.ts';
import { root } from './support/root.ts';
import { ensureSystemParts } from './support/system-parts.ts';

/** With arguments, only the named test files run: `npm test -- test/unit/journal`. */
const only = process.argv.slice(2);
const report = join(root, '.cache', 'test-report.json');

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
}

let failed = 0;
let passed = 0;
function count(name: string, ok: boolean): void {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
}

if (only.length === 0) {
  await ensureSystemParts();
  count('lint: style, unused code, layers', (await run('node', ['scripts/lint.ts'])) === 0);
  count('types: shared, renderer, electron, test', (await run('node', ['scripts/types.ts'])) === 0);
}
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const code = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...only,
]);
const results = readReport();
passed += results?.numPassedTests ?? 0;
failed += results ? results.numFailedTests + results.numPendingTests + results.numTodoTests : 1;
// A file that fails to load has no failed test to count.
if (code !== 0 && failed === 0) failed += 1;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    return null;
  }
}
