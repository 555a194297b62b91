import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openStage, stageForTests } from '../../support/stage/session.ts';
import { dialog, gone, heading, press, sees, standsStill, tabTo } from '../../support/window.ts';

const stage = stageForTests();

/** All that follows is done with the keyboard alone. */
const open = (scenario: string, path?: string) => openStage(stage, scenario, path);

const jobs = (page: Page) => page.locator('.job-row');
const newest = (page: Page) => jobs(page).first();
const inspector = (page: Page) => page.locator('.page-inspector');

test('claims that do not hold come first, each with its interval, its sentence and how long a proof would take', async () => {
  const page = await open('real');
  await press(page, 'g', 'a');
  await heading(page, /What the checklist asserts/);
  const rows = page.locator('.claim-row');
  await rows.first().filter({ hasText: 'Sharpe ratio: 1.439' }).waitFor();
  expect(await rows.count()).toBe(8);
  await tabTo(page, 'fails149');
  await press(page, 'ArrowDown', 'j', 'j');
  await sees(page, 'Line 212 of the checklist');
  await inspector(page).getByText('[-0.26, 2.12]', { exact: true }).waitFor();
  await inspector(page).getByText('20,395 d, 81 y').waitFor();
  await inspector(page)
    .getByText(/252 periods a year, ddof 1/)
    .waitFor();
  const bar = await page.locator('.claim-row[aria-pressed=true] svg.interval').getAttribute('aria-label');
  expect(bar).toBe('theirs 0.75; ours 0.93 [-0.26, 2.12]');
  await press(page, 'o');
  await page.locator('.list-row[aria-selected=true]').waitFor();
});

test('what was not checked is folded away, and opens', async () => {
  const page = await open('real', '/claims');
  await page.locator('.claim-row').first().waitFor();
  await tabTo(page, '7 numbers not checked');
  await press(page, 'Enter');
  await sees(page, 'latency p95 < 5s');
  await press(page, 'ArrowDown');
  await sees(page, 'Line 20 of the checklist');
});

test('a job starts with Enter, tells how far it is on every screen, and its answer opens', async () => {
  const page = await open('real', '/backtests');
  await newest(page).waitFor();
  await press(page, 's');
  await dialog(page).waitFor();
  await tabTo(page, 'Configuration');
  await page.keyboard.type('data/weekly.yaml');
  await press(page, 'Enter', 'Enter');
  await gone(page);
  await page.locator('.computing').getByText(/left/).waitFor();
  await press(page, 'g', 'c');
  await page.locator('.footer-compute').getByText('backtest of').waitFor();
  await press(page, 'g', 'b');
  await jobs(page).first().filter({ hasText: 'as it was' }).waitFor();
  await heading(page, 'What the Sharpe ratio is worth');
  expect(await page.locator('.footer-compute').count()).toBe(0);
});

test('a job is cancelled, says so, and is computed again', async () => {
  const page = await open('real', '/data');
  await newest(page).waitFor();
  await press(page, 'd');
  await dialog(page).waitFor();
  await press(page, 'Tab');
  await page.keyboard.type('data/other.csv');
  await press(page, 'Enter');
  await gone(page);
  await page.locator('.computing').waitFor();
  await press(page, 'x');
  await sees(page, /Cancelled after/);
  await press(page, 'Shift+R');
  await page.locator('.computing').waitFor();
  await heading(page, 'Drift by feature');
});

test('the same question is answered from the store, and afresh when that is asked', async () => {
  const page = await open('real', '/claims');
  await newest(page).waitFor();
  await press(page, 's');
  await dialog(page).waitFor();
  await press(page, 'Enter');
  await gone(page);
  await newest(page).filter({ hasText: 'from the store, computed' }).waitFor();
  await press(page, 'Shift+R');
  await page.locator('.computing').waitFor();
  await newest(page).filter({ hasText: 'in 2.0 s' }).waitFor();
  expect(await jobs(page).count()).toBe(3);
});

test('arrows switch between answers, and the address keeps which is shown', async () => {
  const page = await open('real', '/backtests');
  await heading(page, 'Equity and drawdown');
  await tabTo(page, 'doneBacktest of panel.csv');
  await press(page, 'ArrowDown');
  await heading(page, 'Another engine, with what it does wrong');
  expect(page.url()).toContain('/backtests?job=j4');
  await press(page, 'k');
  await heading(page, 'Leakage probes');
});

test('a file that is not there fails with a sentence, and the next job runs', async () => {
  const page = await open('real', '/data');
  await newest(page).waitFor();
  await press(page, 's');
  await dialog(page).waitFor();
  await page.keyboard.type('/tmp/missing.parquet');
  await press(page, 'Enter');
  await gone(page);
  await page.getByRole('alert').getByText('There is no file /tmp/missing.parquet.').waitFor();
  await press(page, 's');
  await dialog(page).waitFor();
  await press(page, 'Enter');
  await heading(page, 'Columns');
});

test('a file is chosen from those on offer with the arrows, and Enter there starts nothing yet', async () => {
  const page = await open('real', '/data');
  await newest(page).waitFor();
  await press(page, 's');
  await dialog(page).waitFor();
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  const field = dialog(page).getByRole('combobox').first();
  await expect.poll(() => field.inputValue()).toBe('data/features-2024.csv');
  await press(page, 'Enter');
  await gone(page);
  await newest(page)
    .filter({ hasText: /profile of models\// })
    .waitFor();
});

test('the heat map fills while the sweep runs, and its axes can be chosen', async () => {
  const page = await open('real', '/sweep');
  await heading(page, 'Heat map');
  await press(page, 'Shift+R');
  await page.locator('.computing').waitFor();
  await page.locator('.heat-table td', { hasText: '·' }).first().waitFor();
  await page.locator('.heat-table td', { hasText: '·' }).first().waitFor({ state: 'detached' });
  await sees(page, /Tries without any skill|Above the 1\.44/);
  await tabTo(page, 'turnover_limit');
  await press(page, 'Enter', 'ArrowDown', 'Enter');
  await page.locator('.heat-table th[scope=row]', { hasText: 'weekly' }).waitFor();
});

test('a chart has its gist in words, and is there as a table', async () => {
  const page = await open('real', '/compare');
  const chart = page.getByRole('img', { name: /^By 2024-08-22, weekly.yaml has made/ });
  await chart.waitFor();
  await chart.locator('canvas').first().waitFor();
  await tabTo(page, 'As a table');
  await press(page, 'Enter');
  await page.getByRole('row', { name: /2022-01-04/ }).waitFor();
});

test('a figure says its convention where it is chosen', async () => {
  const page = await open('real', '/backtests');
  await heading(page, 'Figures');
  await tabTo(page, 'Sharpe ratio');
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await inspector(page).getByRole('heading', { name: 'Volatility' }).waitFor();
  await inspector(page).getByText('[18.1, 21.3 %]').waitFor();
});

test('the challenger becomes the champion, and a run is offered the model that is selected', async () => {
  const page = await open('real', '/models');
  await heading(page, 'Models seen');
  await tabTo(page, 'ranker0.2.0');
  await press(page, 'ArrowDown', 'c');
  await page.locator('.model-row[aria-pressed=true]', { hasText: 'champion' }).waitFor();
  expect(await page.locator('.model-row', { hasText: 'champion' }).count()).toBe(1);
  await standsStill(page);
  await press(page, 's');
  const field = dialog(page).getByRole('combobox').first();
  await expect.poll(() => field.inputValue()).toBe('models/ranker-next.onnx');
  await press(page, 'Escape');
  await gone(page);
});

test('a model is asked with the list of its features and a label of its data, and the answer says which it was', async () => {
  const page = await open('real', '/models');
  await heading(page, 'Models seen');
  await inspector(page).getByText('as the list names them').waitFor();
  await heading(page, 'P@35 by day');
  await heading(page, 'Reliability');
  await press(page, 's');
  // The files of the pack are there.
  await expect.poll(() => dialog(page).getByRole('combobox').first().inputValue()).not.toBe('');
  await tabTo(page, 'Feature list, if any');
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  const list = dialog(page).getByRole('combobox', { name: 'Feature list, if any' });
  await expect.poll(() => list.inputValue()).toBe('models/features.json');
  await press(page, 'Tab');
  const label = dialog(page).getByRole('combobox', { name: 'Label column, if any' });
  await expect.poll(() => label.inputValue()).toBe('forward_return_20d');
  await page.keyboard.press('Delete');
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  await expect.poll(() => label.inputValue()).toBe('target_5d');
  await press(page, 'Escape');
  await gone(page);
});

test('a form that is longer than the window scrolls, and its buttons stay in sight', async () => {
  const page = await open('real', '/models');
  await page.setViewportSize({ width: 960, height: 600 });
  await heading(page, 'Models seen');
  await press(page, 's');
  const bottomOf = async (words: string) => {
    const box = await dialog(page).getByText(words, { exact: true }).boundingBox();
    return box ? box.y + box.height : Number.NaN;
  };
  await expect.poll(() => bottomOf('Run it')).toBeLessThan(600);
  await tabTo(page, 'Leave it');
  await expect.poll(() => bottomOf('Measure it')).toBeLessThan(await bottomOf('Run it'));
});

test('the tables of an answer are exported', async () => {
  const page = await open('real', '/backtests');
  await heading(page, 'Figures');
  await press(page, 'e');
  await dialog(page).waitFor();
  await press(page, 'Enter');
  await sees(page, /ranker-backtest-j5\/equity\.csv/);
});
