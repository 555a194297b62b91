import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright';
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

type Launch = Required<Omit<LaunchOptions, 'host' | 'machine'>> & Pick<LaunchOptions, 'machine'>;

export const linkPattern = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]+/;

export function startLoopback({ dataFolder, args, env, dist, machine }: Launch): StartedProcess {
  const [program = '', ...words] = [
    ...(machine?.enter ?? []),
    ...[process.execPath, join(dist, 'electron/loopback.js'), '--data', dataFolder, ...args],
  ];
  return new StartedProcess(
    spawn(program, words, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

export async function launchOnLoopback(options: Launch): Promise<RunningApp> {
  const started = startLoopback({ ...options, args: ['--no-window', ...options.args] });
  const [link] = await started.prints(linkPattern);
  const browser = options.machine?.browser ?? (await sharedChromium());
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const problems: string[] = [];
  if (options.machine) await refuseNetwork(context, problems);
  const page = await context.newPage();
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

/** Lets the windows of a context reach this machine and nothing else, and writes down every try. */
async function refuseNetwork(context: BrowserContext, problems: string[]): Promise<void> {
  await context.route(
    ({ protocol, hostname }) => protocol.startsWith('http') && hostname !== '127.0.0.1',
    (route) => {
      problems.push(`It asked for ${route.request().url()}.`);
      return route.abort('internetdisconnected');
    },
  );
}
