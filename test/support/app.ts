import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { root } from '../../scripts/support/root.ts';
import { launchInElectron } from './app-electron.ts';
import { launchOnLoopback } from './app-loopback.ts';
import { launchInRuntime } from './app-runtime.ts';
import type { OfflineMachine } from './offline-machine.ts';

/** `electron` is the stand-in; `electron-runtime` is Electron itself, where it is installed. */
export type HostKind = 'loopback' | 'electron' | 'electron-runtime';

export interface LaunchOptions {
  /** By default what HOLDPOINT_E2E_HOST says, else loopback. */
  host?: HostKind;
  /** By default a folder of its own that is gone after `close`. */
  dataFolder?: string;
  /** Further arguments of the start: a pack, `--rehearsal`. */
  args?: string[];
  /** The built app; by default the repository's own. */
  dist?: string;
  env?: Record<string, string>;
  /** Where it runs, on the loopback host; by default here. */
  machine?: OfflineMachine | null;
}

/** Runs a function in Electron's main process, with its module, as Playwright does for the real one. */
export type Evaluate = <Result, Arg = undefined>(
  run: (electron: ElectronInTest, arg: Arg) => Result | Promise<Result>,
  arg?: Arg,
) => Promise<Result>;
// biome-ignore lint/suspicious/noExplicitAny: the body runs in another process, in which two modules stand for this
type ElectronInTest = any;

export interface RunningApp {
  page: Page;
  /** What went wrong in the page: errors, and what the content security policy refused. */
  problems: string[];
  output(): string;
  /** Null on the loopback host, which has no main process apart from its service. */
  evaluate: Evaluate | null;
  /** Id of the process that was started, and its exit code once it has ended. */
  pid: number;
  ended: Promise<number>;
  /** Asks it to end, insists after a while, and gives its exit code. */
  close(): Promise<number>;
}

export interface App extends RunningApp {
  host: HostKind;
  dataFolder: string;
}

const launchers = {
  loopback: launchOnLoopback,
  electron: launchInElectron,
  'electron-runtime': launchInRuntime,
};

function chosenHost(): HostKind {
  const host = process.env.HOLDPOINT_E2E_HOST ?? 'loopback';
  if (host in launchers) return host as HostKind;
  throw new Error(`HOLDPOINT_E2E_HOST is "${host}"; it can be ${Object.keys(launchers).join(', ')}.`);
}

/** Starts the built app on a host and gives its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<App> {
  const { host = chosenHost(), args = [], env = {}, dist = join(root, 'dist'), machine = null } = options;
  const own = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'holdpoint-e2e-'));
  const forget = () => own && rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const running = await launchers[host]({ dataFolder, args, env, dist, machine });
    return { ...running, host, dataFolder, close: () => running.close().finally(forget) };
  } catch (error) {
    forget();
    throw error;
  }
}

/** Writes down what goes wrong in a page from now on. */
export function watchProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
}
