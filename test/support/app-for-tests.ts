import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { root } from '../../scripts/support/root.ts';
import { type App, type LaunchOptions, launchApp } from './app.ts';
import { temporaryFolder } from './folder.ts';
import { stopSandboxOf } from './sandbox.ts';

/**
 * The app for one test, on a data folder that outlives it: `again` starts it anew there. When the test is over
 * nothing is left running; when it fails, a picture of the window lies in `.cache/failed`.
 */
export async function appForTest(options: LaunchOptions = {}): Promise<App & { again(): Promise<App> }> {
  const dataFolder = options.dataFolder ?? temporaryFolder();
  const lives: App[] = [];
  onTestFinished(async ({ task }) => {
    const page = lives.at(-1)?.page;
    if (task.result?.state === 'fail' && page && !page.isClosed()) {
      const name = task.name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
      await page.screenshot({ path: join(root, '.cache', 'failed', `${name}.png`) });
    }
    for (const life of lives) await life.close();
    await stopSandboxOf(dataFolder);
  });
  const start = async () => {
    const app = await launchApp({ ...options, dataFolder });
    lives.push(app);
    return app;
  };
  return { ...(await start()), again: start };
}

/** Not for a test that kills the service: the window then complains, and rightly. */
export function expectNoProblems({ problems }: App): void {
  expect(problems).toEqual([]);
}

/** The process that serves a data folder, as the folder itself says. */
export function serviceOf(dataFolder: string): number {
  const [, pid] = /^process (\d+) on/.exec(readFileSync(join(dataFolder, 'lock.txt'), 'utf8')) ?? [];
  return Number(pid);
}
