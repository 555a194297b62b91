import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, isExecutable } from '../programs.ts';

export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
  /** The path of a program on the PATH, or null. */
  find(name: string): string | null;
  isExecutable(path: string): boolean;
}

export interface Browser {
  path: string;
  /** A snap may write only below its own folder of the home. */
  isSnap: boolean;
}

export type FoundBrowser = { browser: Browser } | { why: string };

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

export function surroundings(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    find: (name) => findProgram(name),
    isExecutable,
  };
}

/** The browser that shows the window, or why none can. HOLDPOINT_BROWSER names one by its path. */
export function findBrowser(where: Surroundings): FoundBrowser {
  const { platform, env } = where;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY && !env.HOLDPOINT_BROWSER) {
    return { why: 'there is no display' };
  }
  return findInstalled(where);
}

/** The browser for work that shows nothing, or why there is none. */
export function findInstalled(where: Surroundings): FoundBrowser {
  const { env } = where;
  const named = env.HOLDPOINT_BROWSER;
  if (named && !where.isExecutable(named)) {
    return { why: `HOLDPOINT_BROWSER names ${named}, which is no program` };
  }
  const path = named || candidates(where).find((candidate) => where.isExecutable(candidate));
  if (!path) return { why: 'no Chromium, Chrome or Edge is installed' };
  return { browser: { path, isSnap: isSnap(path, where) } };
}

function candidates({ platform, env, home, find }: Surroundings): string[] {
  if (platform === 'darwin') {
    return ['/Applications', join(home, 'Applications')].flatMap((folder) =>
      macApps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    );
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => windowsPrograms.map((program) => `${folder}\\${program}`));
  }
  return linuxNames.map(find).filter((path) => path !== null);
}

function isSnap(path: string, { platform, isExecutable }: Surroundings): boolean {
  if (platform !== 'linux') return false;
  // Ubuntu's chromium-browser is a script that starts the snap.
  return (
    path.startsWith('/snap/') || (/chromium(-browser)?$/.test(path) && isExecutable('/snap/bin/chromium'))
  );
}

/** Where the browser keeps what belongs to the window: with the data, apart from the person's own browsing. */
export function profileFolder(browser: Browser, dataFolder: string, home: string): string {
  if (!browser.isSnap) return join(dataFolder, 'window');
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  return join(home, 'snap', 'chromium', 'common', `holdpoint-${name}`);
}

/** What the browser does by itself is not wanted. Chromium's sandbox cannot be had by root alone. */
const quiet = (asRoot: boolean) => [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=Translate',
  '--disable-quic',
  ...(asRoot ? ['--no-sandbox'] : []),
];

/** A window of its own, without the browser's own traffic. */
export function windowArguments(url: string, profile: string, asRoot: boolean): string[] {
  return [`--app=${url}`, `--user-data-dir=${profile}`, '--window-size=1440,900', ...quiet(asRoot)];
}

/** Prints a page into a file, without a window or a network. */
export function printArguments(url: string, profile: string, pdf: string, asRoot: boolean): string[] {
  return [
    '--headless',
    '--disable-gpu',
    `--user-data-dir=${profile}`,
    ...quiet(asRoot),
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pdf-header-footer',
    `--print-to-pdf=${pdf}`,
    url,
  ];
}
