import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { openPage, show } from './browser.ts';
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

/** A page of the stage that must not complain until the test is over. */
export async function openStage(stage: StageSession, scenario: string, path = '/'): Promise<Page> {
  const { page, complaints } = await openPage(stage.browser);
  onTestFinished(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });
  await show(page, stage.server, { scenario, path });
  return page;
}
