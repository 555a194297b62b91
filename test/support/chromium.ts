import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function chromiumPath(): string {
  const path = process.env.HOLDPOINT_TEST_CHROMIUM ?? paths.find((candidate) => existsSync(candidate));
  if (!path) throw new Error('No Chromium is installed. Install it with: sudo apt-get install -y chromium');
  return path;
}

/** No traffic of the browser's own, and no sandbox where root runs it and cannot have one. */
export const chromiumArgs = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Chromium leaves files behind in the folder for temporary ones; this one is gone when it has ended. */
function ownTemporaryFolder(): { folder: string; env: Record<string, string>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-chromium-'));
  return {
    folder,
    env: { ...(process.env as Record<string, string>), TMPDIR: folder },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export async function launchChromium(): Promise<Browser> {
  const { env, remove } = ownTemporaryFolder();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs, env });
  browser.on('disconnected', remove);
  return browser;
}

/** A Chromium of its own that several processes can drive at its DevTools endpoint. */
export async function startDebuggableChromium(): Promise<{ endpoint: string; close(): Promise<void> }> {
  const { folder, env, remove } = ownTemporaryFolder();
  const child = spawn(
    chromiumPath(),
    [
      ...chromiumArgs,
      '--remote-debugging-port=0',
      `--user-data-dir=${join(folder, 'profile')}`,
      'about:blank',
    ],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const close = async () => {
    child.kill('SIGTERM');
    await gone;
    remove();
  };
  for await (const line of createInterface({ input: child.stderr })) {
    const endpoint = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
    if (endpoint === undefined) continue;
    child.stderr.resume();
    return { endpoint, close };
  }
  await close();
  throw new Error(`${chromiumPath()} ended without a DevTools endpoint.`);
}
