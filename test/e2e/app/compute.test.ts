import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/support/root.ts';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { makeLongSweep } from '../../support/long-sweep.ts';
import { dialog, gone, press, sees, standsStill } from '../../support/window.ts';

async function ownPack(change: (pack: string) => void) {
  const pack = join(temporaryFolder(), 'launch');
  cpSync(join(root, 'resources/packs/apex-ranker'), pack, { recursive: true });
  change(pack);
  const app = await appForTest({ args: [pack] });
  await app.page.locator('.header').getByText('LIVE').waitFor();
  await standsStill(app.page);
  return { ...app, pack };
}

const job = (page: Page) => page.locator('.job-row .job-words').first();

/** Goes to a screen, opens its dialog and takes what it offers. */
async function start(page: Page, screen: string): Promise<void> {
  await press(page, 'g', screen);
  await page
    .getByRole('button', { name: /^(Check the claims|Run a backtest|Sweep a grid|Run a model)/ })
    .waitFor();
  await standsStill(page);
  await press(page, 's');
  await dialog(page).waitFor();
  await standsStill(page);
  await press(page, 'Enter');
  await gone(page);
}

test('the claims of a checklist and the backtest behind them are re-computed from the window', async () => {
  const app = await ownPack((pack) =>
    writeFileSync(join(pack, 'data/grid.yaml'), 'grid:\n  top_k: [20, 30, 40]\n  lag: [0, 1]\n'),
  );
  const { page } = app;
  await start(page, 'a');
  await sees(page, /needs 20,3\d\d d, 81 y/);
  await sees(page, /Sharpe ratio is 0\.933 \[-0\.2544, 2\.12\]: the bound of > 0\.75 lies inside/);

  await start(page, 'b');
  await job(page)
    .getByText(/^Sharpe -?\d+\.\d\d, unproven/)
    .waitFor();
  await page.getByRole('img', { name: /^From [\d,]+ on 2024/ }).waitFor();
  await start(page, 'b');
  await job(page)
    .getByText(/from the store, computed/)
    .waitFor();
  await press(page, 'Shift+R');
  await job(page)
    .getByText(/unproven · in /)
    .waitFor();

  await start(page, 'w');
  await job(page).getByText('6 of 6 points, best Sharpe').waitFor();
  await press(page, 'g', 'b');
  await sees(page, '7 tries over panel.csv');
  await start(page, 'm');
  await job(page).getByText('5 dates scored').waitFor();
  await page
    .getByRole('img', { name: /^On average [\d.]+ % of the first 35 had forward_return_5d above 0/ })
    .waitFor();
  await page.getByRole('img', { name: /^What was observed lies [\d.]+ % off/ }).waitFor();
  expectNoProblems(app);
});

test('a sweep is cancelled, goes on where it was, and may lose its process with nothing else harmed', async () => {
  const app = await ownPack((pack) => makeLongSweep(pack, 'data/grid.yaml'));
  const { page } = app;
  await start(page, 'w');
  await page.locator('.heat-table td:not(.mute)').nth(30).waitFor();
  await press(page, 'x');
  await job(page)
    .getByText(/cancelled/i)
    .waitFor();
  await start(page, 'w');
  await job(page).getByText(/%/).waitFor();
  await page.locator('.heat-table td:not(.mute)').nth(30).waitFor();

  process.kill(computeProcessOf(app.dataFolder), 'SIGKILL');
  await sees(page, /The compute process was killed by the system or by hand/);
  await press(page, 'g', 'c');
  await page.locator('.list-row').first().waitFor();
  await start(page, 'b');
  await job(page)
    .getByText(/^Sharpe -?\d+\.\d\d/)
    .waitFor();
  expectNoProblems(app);
});

/** The process that has the sweep: of those of this data folder, the one that works hardest. */
function computeProcessOf(dataFolder: string): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,time=,args='], { encoding: 'utf8' }).split('\n');
  const found = rows.filter((row) => row.includes('compute-process') && row.includes(dataFolder));
  expect(found.length, readFileSync('/proc/loadavg', 'utf8')).toBeGreaterThan(0);
  const [pid] = found
    .map((row) => row.trim().split(/\s+/))
    .toSorted((a, b) => String(b[1]).localeCompare(String(a[1])))[0] as string[];
  return Number(pid);
}
