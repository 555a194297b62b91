import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { StartedProcess } from './started-process.ts';

/** A place without any network but loopback, in which services and their windows run. */
export interface OfflineMachine {
  /** Put before a command, it makes the command run there; empty where this system lets nobody make such a place. */
  enter: readonly string[];
  browser: Browser;
  close(): Promise<void>;
}

/**
 * Makes a network namespace with loopback alone (`unshare --net` of util-linux) and starts Chromium in it. Where users may
 * not make one, the browser's own rule is what keeps the windows from the network, and it says so.
 */
export async function startOfflineMachine(): Promise<OfflineMachine> {
  const holder = new StartedProcess(
    spawn(
      'unshare',
      ['--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && echo ready && exec cat'],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    ),
  );
  holder.child.on('error', () => {});
  const isThere = await holder.prints(/ready/).then(
    () => true,
    () => false,
  );
  if (!isThere) console.warn(`No network namespace can be made here: ${holder.output().trim()}`);
  const enter = isThere
    ? ['nsenter', '-t', String(holder.child.pid), '--user', '--net', '--preserve-credentials', '--']
    : [];
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-offline-'));
  const inside = join(folder, 'chromium');
  // Chromium refuses its own sandbox to root, and root is who enters.
  writeFileSync(inside, `#!/bin/sh\nexec ${[...enter, chromiumPath()].join(' ')} --no-sandbox "$@"\n`);
  chmodSync(inside, 0o755);
  const env = { ...(process.env as Record<string, string>), TMPDIR: folder };
  const browser = await chromium.launch({ executablePath: inside, args: chromiumArgs, env });
  return {
    enter,
    browser,
    async close() {
      await browser.close();
      holder.child.stdin?.end();
      await holder.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
