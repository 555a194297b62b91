import { statSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { takePicture } from '../../support/take-picture.ts';
import { dialog, go, gone, heading, press, sees, standsStill, tabTo } from '../../support/window.ts';

test('every screen is shown dark and light, in a rehearsal as it really goes', async () => {
  const app = await appForTest();
  const { page } = app;
  const taken: string[] = [];
  const take = async (name: string) => {
    taken.push(...(await takePicture(page, name)));
  };

  await heading(page, 'Open a launch pack');
  await page
    .getByRole('button', { name: /Rehearse it/ })
    .first()
    .waitFor();
  await take('first-start');
  await press(page, '1');
  await heading(page, 'Deploy to staging', 60_000);
  await setT0(page);
  await press(page, 'r');
  await page.getByText('Measuring…').waitFor();
  await page.getByText('Measuring…').waitFor({ state: 'detached', timeout: 60_000 });
  await answer(page);
  await take('launch');

  await go(page, 'checklist');
  await take('checklist');
  await press(page, 'g', 'g');
  await page.locator('.item-row[aria-selected=true]').waitFor();
  await press(page, '/');
  await page.keyboard.type('Python 3.12');
  await press(page, 'Enter');
  await sees(page, /python/i);
  await take('gate');
  await go(page, 'findings');
  await take('findings');

  await go(page, 'hosts');
  await press(page, 'Shift+R');
  await page.locator('.machine-row', { hasText: 'Debian' }).nth(3).waitFor();
  const row = page.locator('.sandbox-host', { hasText: 'prd-1' });
  await row.getByRole('radio', { name: /^failing/ }).click();
  // The load of a machine is a line only after a few moments.
  await page.waitForTimeout(7_000);
  await take('hosts');

  await page.evaluate(() => {
    location.hash = '/runs/plan?runbook=deploy&target=production';
  });
  await sees(page, /0\.1\.9 is on /);
  await standsStill(page);
  await take('plan');
  await press(page, 's');
  await heading(page, 'Choose what to do on prd-1');
  await take('run-failed');
  await press(page, 'Shift+B');
  await dialog(page).getByText('Switch current').waitFor();
  await take('rollback');
  await press(page, 'Control+Enter');
  await gone(page);
  await sees(page, 'How it ended', 60_000);
  await take('run-ended');
  await go(page, 'runs');
  await take('runs');

  await compute(page, 'a', /needs [0-9,]+ d, 81 y/);
  await take('claims');
  await compute(page, 'b', 'What the Sharpe ratio is worth');
  await page.locator('canvas').first().waitFor();
  await take('backtests');
  await compute(page, 'm', 'Scores of the date');
  await page.locator('canvas').first().waitFor();
  await take('models');

  await go(page, 'journal');
  await take('journal');
  await go(page, 'settings');
  await take('settings');
  await press(page, 'Control+k');
  await page.keyboard.type('roll');
  await take('palette');

  expect(taken.filter((path) => statSync(path).size > 10_000)).toHaveLength(34);
  expectNoProblems(app);
}, 300_000);

/** Goes to a screen of evidence, starts what it offers with the files of the pack, and waits for what it shows. */
async function compute(page: Page, screen: string, shown: string | RegExp): Promise<void> {
  await press(page, 'g', screen);
  await page.locator('.jobs').waitFor();
  await standsStill(page);
  await press(page, 's');
  await dialog(page).waitFor();
  await standsStill(page);
  await press(page, 'Enter');
  await gone(page);
  await sees(page, shown);
}

async function setT0(page: Page): Promise<void> {
  await press(page, 'Control+k');
  await page.keyboard.type('set t-0');
  await press(page, 'Enter');
  await dialog(page).getByText('Launch moment').waitFor();
  const soon = new Date(Date.now() + 26 * 3_600_000).toISOString();
  await page.keyboard.type(`${soon.slice(0, 10)} 09:00`);
  await press(page, 'Enter');
  await gone(page);
}

async function answer(page: Page): Promise<void> {
  await press(page, 'a');
  await dialog(page)
    .getByText(/Answer as/)
    .first()
    .waitFor();
  await tabTo(page, 'Say go');
  await press(page, 'Enter');
  await gone(page);
}
