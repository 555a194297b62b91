import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll } from 'vitest';
import { type Evaluate, type LaunchOptions, type RunningApp, watchProblems } from './app.ts';
import { startDebuggableChromium } from './chromium.ts';
import { StartedProcess } from './started-process.ts';

const standIn = new URL('./electron-stand-in/register.ts', import.meta.url).href;
const pagePattern = /^https:\/\/app\.holdpoint\./;

interface SharedChromium {
  endpoint: string;
  connection: Browser;
  context: BrowserContext;
  close(): Promise<void>;
}

/** Chromiums that no app shows its window in at the moment; starting one takes longer than anything else here. */
const idle: SharedChromium[] = [];
const all: SharedChromium[] = [];
afterAll(async () => {
  idle.length = 0;
  await Promise.all(all.splice(0).map((browser) => browser.close()));
});

async function takeChromium(): Promise<SharedChromium> {
  const waiting = idle.pop();
  if (waiting) return waiting;
  const { endpoint, close } = await startDebuggableChromium();
  const connection = await chromium.connectOverCDP(endpoint);
  const [context] = connection.contexts();
  if (!context) throw new Error('The browser has no context.');
  const shared = { endpoint, connection, context, close: () => connection.close().then(close) };
  all.push(shared);
  return shared;
}

async function giveBack(browser: SharedChromium): Promise<void> {
  for (const page of browser.context.pages()) if (pagePattern.test(page.url())) await page.close();
  browser.context.removeAllListeners('page');
  idle.push(browser);
}

/** The built main process in plain Node, with the stand-in for Electron, and the Chromium that shows its windows. */
export function startElectron(
  { dataFolder, args, env, dist }: Required<Omit<LaunchOptions, 'host' | 'machine'>>,
  endpoint: string,
): StartedProcess {
  return new StartedProcess(
    spawn(
      process.execPath,
      ['--import', standIn, join(dist, 'electron/main.js'), '--data', dataFolder, ...args],
      {
        env: { ...process.env, ...env, STAND_IN_CHROMIUM: endpoint },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    ),
  );
}

export async function launchInElectron(
  options: Required<Omit<LaunchOptions, 'host' | 'machine'>>,
): Promise<RunningApp> {
  const browser = await takeChromium();
  const problems: string[] = [];
  browser.context.on('page', (page) => watchProblems(page, problems));
  const started = startElectron(options, browser.endpoint);
  const close = async () => {
    const code = await started.stop();
    await giveBack(browser);
    return code;
  };
  try {
    return {
      page: await nextWindow(browser.context, started),
      problems,
      output: () => started.output(),
      evaluate: evaluator(started),
      pid: started.child.pid ?? -1,
      ended: started.ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A window of the app that is open or opens soon. */
export async function nextWindow(context: BrowserContext, started?: StartedProcess): Promise<Page> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const page = context.pages().find((candidate) => pagePattern.test(candidate.url()));
    if (page) {
      await page.waitForLoadState('load');
      return page;
    }
    if (started && started.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(
    `The app opened no window (exit code ${started?.child.exitCode}). It printed:\n${started?.output() ?? ''}`,
  );
}

function evaluator({ child }: StartedProcess): Evaluate {
  let lastId = 0;
  return (run, arg) => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('The app has ended.'));
      const listen = (reply: { id: number; value?: unknown; error?: string }) => {
        if (reply.id !== id) return;
        child.off('message', listen);
        child.off('exit', gone);
        if (reply.error === undefined) resolve(reply.value as never);
        else reject(new Error(reply.error));
      };
      child.on('message', listen);
      child.on('exit', gone);
      child.send({ id, source: run.toString(), arg }, (error) => error && gone());
    });
  };
}
