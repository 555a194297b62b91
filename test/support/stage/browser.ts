import type { Browser, Page } from 'playwright';
import type { StageServer } from './serve.ts';
import type { Shot } from './shots.ts';

/** Where every picture and test stands in time and space, so that two of them can be compared. */
const moment = new Date('2026-11-21T12:14:09Z');

export interface StagePage {
  page: Page;
  /** What the page complained about: broken policies, errors, warnings of React. */
  complaints: string[];
}

export async function openPage(browser: Browser, { width = 1440, height = 900 } = {}): Promise<StagePage> {
  const context = await browser.newContext({
    viewport: { width, height },
    timezoneId: 'Asia/Tokyo',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.install({ time: moment });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** Brings a screen about and waits until it stands still. A fresh page every time: nothing is left of the last one. */
export async function show(
  page: Page,
  server: StageServer,
  { scenario, path, keys = [], lost = false }: Shot,
  theme = 'dark',
): Promise<void> {
  await page.goto('about:blank');
  await page.goto(server.url(scenario, path, theme));
  await settle(page);
  if (lost) {
    await page.evaluate(() => window.stage.lose());
    await page.locator('.footer-lost').waitFor();
  }
  for (const key of keys) await page.keyboard.press(key);
  if (keys.length > 0) await settle(page);
}

/** Until nothing is awaited any more: no skeleton stands for content, and no screen is still being read. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('.page') !== null && document.querySelector('.skeleton') === null,
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(60);
}
