import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { root } from '../../../scripts/support/root.ts';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { StartedProcess } from '../../support/started-process.ts';

/**
 * From the start of the process to a window in which something can be done: painted, and connected to the service.
 * Beside it an empty page, served and opened the same way in the same Chromium, both with a profile used before.
 */
const rounds = 7;
const work = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const browser = join(work, 'browser');
writeFileSync(
  browser,
  `#!/bin/sh\nexec ${chromiumPath()} ${chromiumArgs.join(' ')} --remote-debugging-port=0 "$@" 2>/dev/null\n`,
);
chmodSync(browser, 0o755);

async function startToInteractive(program: string[], folder: string, mark: string | null): Promise<number> {
  const portFile = join(folder, 'window', 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const startedAt = Date.now();
  const started = new StartedProcess(
    spawn(process.execPath, program, {
      env: { ...process.env, HOLDPOINT_BROWSER: browser },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  while (!existsSync(portFile) || !readFileSync(portFile, 'utf8').includes('\n')) await setTimeout(10);
  const [port, path] = readFileSync(portFile, 'utf8').split('\n');
  // The page notes its own times; looking later than they happened changes nothing.
  await setTimeout(1_500);
  const connection = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
  const page = connection.contexts()[0]?.pages()[0];
  if (!page) throw new Error(`No page was opened. ${started.output()}`);
  const interactiveAt = await page.evaluate(async (name) => {
    const entries = () => [
      performance.getEntriesByName('first-contentful-paint')[0],
      ...(name === null ? [] : [performance.getEntriesByName(name)[0]]),
    ];
    while (entries().some((entry) => entry === undefined))
      await new Promise((resolve) => window.setTimeout(resolve, 20));
    return performance.timeOrigin + Math.max(...entries().map((entry) => entry?.startTime ?? 0));
  }, mark);
  await connection.close();
  await started.stop();
  return interactiveAt - startedAt;
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const [ours, empty] = [join(work, 'ours'), join(work, 'empty')];
const startOurs = () =>
  startToInteractive([join(root, 'dist/electron/loopback.js'), '--data', ours], ours, 'holdpoint:connected');
const startEmpty = () => startToInteractive([join(import.meta.dirname, 'empty-page.ts'), empty], empty, null);

await startOurs();
await startEmpty();
const times = { ours: [] as number[], empty: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  times.ours.push(await startOurs());
  times.empty.push(await startEmpty());
}
// Chromium writes to its profile until it has ended.
await setTimeout(1_000);
rmSync(work, { recursive: true, force: true, maxRetries: 5 });
console.log(formatRow('loopback start to interactive', median(times.ours), median(times.empty), 'ms', 1.5));
