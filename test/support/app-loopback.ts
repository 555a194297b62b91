import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll } from 'vitest';
import { type LaunchOptions, type RunningApp, watchProblems } from './app.ts';
import { launchChromium } from './chromium.ts';
import { StartedProcess } from './started-process.ts';

let browser: Promise<Browser> | null = null;
afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

/** One Chromium for all apps of a test file; each gets a context of its own, with its own cookies. */
export function sharedChromium(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

export const linkPattern = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]+/;

export function startLoopback({
  dataFolder,
  args,
  env,
  dist,
}: Required<Omit<LaunchOptions, 'host'>>): StartedProcess {
  return new StartedProcess(
    spawn(process.execPath, [join(dist, 'electron/loopback.js'), '--data', dataFolder, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

export async function launchOnLoopback(options: Required<Omit<LaunchOptions, 'host'>>): Promise<RunningApp> {
  const started = startLoopback({ ...options, args: ['--no-window', ...options.args] });
  const [link] = await started.prints(linkPattern);
  const context = await (await sharedChromium()).newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  watchProblems(page, problems);
  await page.goto(link);
  return {
    page,
    problems,
    output: () => started.output(),
    evaluate: null,
    pid: started.child.pid ?? -1,
    ended: started.ended,
    async close() {
      await context.close();
      return started.stop();
    },
  };
}
