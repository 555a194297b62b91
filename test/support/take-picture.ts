import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { root } from '../../scripts/support/root.ts';
import { standsStill } from './window.ts';

const folder = join(root, 'docs', 'pictures');
const anew = process.env.HOLDPOINT_PICTURES === 'anew';

/**
 * Takes a picture of a window for the documents, dark and light, and gives the files. Those that are there already
 * stay, so that a run of the tests changes no file of the repository; HOLDPOINT_PICTURES=anew takes all of them again.
 */
export async function takePicture(page: Page, name: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const taken: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await standsStill(page);
    const path = join(folder, `${name}-${colorScheme}.png`);
    const picture = await page.screenshot(anew || !existsSync(path) ? { path } : {});
    expect(picture.length).toBeGreaterThan(10_000);
    taken.push(path);
  }
  return taken;
}
