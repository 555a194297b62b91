import { type Browser, chromium, type Page } from 'playwright';

/** Where every picture and test stands in time and space, so that two of them can be compared. */
const moment = new Date('2026-11-21T12:14:09Z');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
}

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
