import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { buildStage, type StageServer, serveStage } from './serve.ts';

export interface StageSession {
  browser: Browser;
  server: StageServer;
}

/** The stage, built and served, and a browser to look at it, for the tests of one file. */
export function stageForTests(): StageSession {
  const session = {} as StageSession;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdpoint-stage-'));
    await buildStage(folder);
    session.server = await serveStage(folder);
    session.browser = await launchChromium();
  });
  afterAll(async () => {
    await session.browser?.close();
    await session.server?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return session;
}
