import { expect, test } from 'vitest';
import { openStage, stageForTests } from '../../support/stage/session.ts';
import { dialog, gone, heading, press, sees, selected, tabTo } from '../../support/window.ts';

const stage = stageForTests();

/** All that follows is done with the keyboard alone. */
const open = (scenario: string, path?: string) => openStage(stage, scenario, path);

test('a newcomer gets from nothing to a rehearsed deploy and rollback by what the window offers', async () => {
  const page = await open('nopack');
  await heading(page, 'Open a launch pack');
  await press(page, '1');
  await heading(page, 'Deploy to staging');
  await tabTo(page, 'See the plan');
  await press(page, 'Enter');
  await heading(page, /Deploy · .* on staging/);
  await sees(page, 'If it fails');
  await press(page, 's');
  await heading(page, 'Deploy to staging');

  await sees(page, 'It holds here');
  await press(page, 'r');
  await dialog(page).getByText('Look at the first production host').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await sees(page, /All 13 steps ended well/);

  await press(page, 'g', 'l');
  await heading(page, 'Roll staging back');
  await tabTo(page, 'See what it would do');
  await press(page, 'Enter');
  await dialog(page).getByText('its last run ended well').waitFor();
  await press(page, 'Control+Enter');
  await heading(page, 'Roll staging back');
  await sees(page, /stg-1: 0.1.9 answers/);

  await press(page, 'g', 'l');
  await heading(page, 'Deploy to production');
});

test('a pack that does not open says where and what to change, and is read again with one key', async () => {
  const page = await open('broken');
  await press(page, '1');
  await sees(page, 'launch.yaml:31:9');
  await sees(page, 'Did you mean "Go criteria > Sharpe ratio > 0.75 in the optimised backtest"?');
  await sees(page, 'runbooks/deploy.yaml:22:5');
});

test('items are walked, marked, reopened, noted and assigned without the mouse', async () => {
  const page = await open('real', '/checklist');
  await press(page, 'j', 'ArrowDown', 'k');
  expect(await selected(page).textContent()).toContain('The larger model does better');
  await press(page, 'x');
  await sees(page, 'done, by devops');
  await press(page, 'u');
  await sees(page, 'open, by devops');
  await press(page, 'b');
  await dialog(page).getByText('What it waits for').waitFor();
  await press(page, 'Enter');
  expect(await dialog(page).count()).toBe(1);
  await page.keyboard.type('the bucket');
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'blocked, by devops');
  await press(page, 'a');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('backend');
  await press(page, 'Enter');
  await gone(page);
  expect(await selected(page).textContent()).toContain('backend');
  await page.locator('.list:focus').waitFor();
});

test('what leaves the list by being marked leaves its place to the next', async () => {
  const page = await open('real', '/checklist?filter=%22open%22');
  await press(page, 'j', 'j');
  const before = await selected(page).textContent();
  const next = await page.locator('.list-row[aria-selected=true] + .list-row').textContent();
  await press(page, 'x');
  await page.waitForFunction(
    (words) => document.querySelector('.list-row[aria-selected=true]')?.textContent !== words,
    before,
  );
  expect(await selected(page).textContent()).toBe(next);
});

test('a gate cannot be ticked by hand: it says so and offers the override, which wants a reason', async () => {
  const page = await open('real', '/checklist');
  await press(page, '/');
  await page.keyboard.type('pytorch');
  await press(page, 'Enter', 'x');
  await dialog(page).getByText('A gate cannot be ticked by hand').waitFor();
  await dialog(page).getByText('prd-2 has 2.6.0').waitFor();
  await press(page, 'Enter');
  await dialog(page).getByText('Override the gate').waitFor();
  await press(page, 'Control+Enter');
  expect(await dialog(page).count()).toBe(1);
  await page.keyboard.type('2.6 serves this model');
  await press(page, 'Control+Enter');
  await gone(page);
  await sees(page, 'Overridden by devops: 2.6 serves this model');
});

test('sections and parents close and open, and the search goes through what is closed', async () => {
  const page = await open('real', '/checklist');
  const rows = page.locator('.list-row[role=treeitem]');
  await press(page, 'Home', 'ArrowLeft');
  await page.locator('.list').getByText('Backtest of three years').waitFor({ state: 'detached' });
  await press(page, '/');
  await page.keyboard.type('backtest of three');
  await page.locator('.list').getByText('Backtest of three years').waitFor();
  expect(await rows.count()).toBe(2);
  await press(page, 'Escape', 'Escape', 'ArrowRight');
  await page.locator('.list').getByText('Backtest of three years').waitFor();
});

test('a no-go criterion is answered as the question it is', async () => {
  const page = await open('real', '/checklist');
  await press(page, '/');
  await page.keyboard.type('dependency is not available');
  await press(page, 'Enter', 'x');
  await sees(page, 'A no-go criterion is a question');
  await press(page, 'd');
  await sees(page, 'done, by devops');
});

test('what the service refuses is shown in its own words', async () => {
  const page = await open('marks', '/checklist');
  await press(page, 'x');
  await sees(page, 'The item was not changed');
  await sees(page, /entry 812 does not match its hash/);
});

test('a file that changed underneath asks what its lost items became', async () => {
  const page = await open('changed', '/checklist');
  await dialog(page).getByText("The checklist's file has changed").waitFor();
  await tabTo(page, 'Choose…');
  await press(page, 'Enter', 'ArrowDown', 'Enter');
  await dialog(page).getByText('Settle 1 of 2').waitFor();
  await press(page, 'Control+Enter');
  await gone(page);
  await sees(page, '1 item with a history is no longer');
});

test('a role answers, and the answer is shown as unsigned', async () => {
  const page = await open('real');
  await press(page, 'a');
  await dialog(page).getByText('Answer as Engineering Manager').waitFor();
  await press(page, 'ArrowDown', 'Enter');
  expect(await dialog(page).count()).toBe(1);
  await press(page, 'Tab');
  await page.keyboard.type('two people on call');
  await press(page, 'Control+Enter');
  await gone(page);
  await sees(page, 'if two people on call');
  await sees(page, /unsigned .* by devops/);
});

test('the clock is held with its reason in sight, and resumed by the same key', async () => {
  const page = await open('real');
  await press(page, 'h');
  await page.keyboard.type('backup window moved');
  await press(page, 'Enter');
  await gone(page);
  await page.locator('.tclock').getByText('backup window moved').waitFor();
  const figure = await page.locator('.tclock-figure').textContent();
  await page.waitForTimeout(1300);
  expect(await page.locator('.tclock-figure').textContent()).toBe(figure);
  await press(page, 'h');
  await page.locator('.tclock').getByText('backup window moved').waitFor({ state: 'detached' });
});

test('a failed step lists the choices, and retrying says what it does first', async () => {
  const page = await open('failed', '/runs/r37');
  await sees(page, /did not get healthy in 60 s/);
  await press(page, '2');
  await dialog(page).getByText('Skip the step').waitFor();
  await press(page, 'Escape');
  await gone(page);
  await press(page, '1', 'Enter');
  await gone(page);
  await page.getByText(/did not get healthy in 60 s/).waitFor({ state: 'detached' });
});

test('a lost step is never retried in one stroke: it says what trying again may do', async () => {
  const page = await open('lost', '/runs/r37');
  await sees(page, /Whether its work was done can only be seen on the host/);
  await press(page, '1');
  await dialog(page).getByText('Trying again can do its work a second time.').waitFor();
  await press(page, 'Escape', '4');
  await dialog(page).getByText('You have looked at the host').waitFor();
  await press(page, 'Enter');
  expect(await dialog(page).count()).toBe(1);
});

test('the way back is one key away from every screen, and goes only by its chord', async () => {
  const page = await open('real', '/journal');
  await page.locator('.header-run').waitFor();
  await press(page, 'Shift+B');
  await heading(page, 'Roll production back to 0.1.9');
  await dialog(page).getByText('Switch current → 0.1.9').waitFor();
  await press(page, 'Enter');
  expect(await dialog(page).count()).toBe(1);
  await press(page, 'Control+Enter');
  await gone(page);
  await heading(page, 'Roll production back');
});

test('LIVE starts only after the target’s name was typed', async () => {
  const page = await open('real', '/runs/plan?runbook=%22deploy%22&target=%22production%22');
  await press(page, 's');
  await dialog(page).getByText('Deploy on production, LIVE').waitFor();
  await press(page, 'Control+Enter');
  expect(await dialog(page).count()).toBe(1);
  await page.keyboard.type('production');
  await press(page, 'Control+Enter');
  await gone(page);
  await heading(page, 'Deploy to production');
});

test('the output follows, stops following when one looks back, and is searched', async () => {
  const page = await open('overfull', '/runs/r37');
  const log = page.locator('.log');
  await log.getByText('#4999999').waitFor();
  await press(page, '/');
  await page.keyboard.type('could not open');
  await page.getByText(/^1 of 1000 first$/).waitFor();
  await press(page, 'Enter');
  await page.getByText(/^2 of 1000 first$/).waitFor();
  expect(await log.locator('.log-line-current').textContent()).toContain('could not open');
  await log.focus();
  await press(page, 'Home');
  await log.getByText('#0', { exact: true }).waitFor();
  await press(page, 'PageDown');
  expect(await log.getByText('#0', { exact: true }).count()).toBe(0);
});

test('an unknown host key is accepted only after it was compared', async () => {
  const page = await open('troubled', '/hosts?host=%22prd-3%22');
  await press(page, 'e');
  await dialog(page).getByText('SHA256:hsabV1oZ0bMWpXl5v3wq8mS0m7uZxk2yXcQe4rTt9uA').waitFor();
  await press(page, 'Control+Enter');
  expect(await dialog(page).count()).toBe(1);
  await press(page, 'ArrowRight', 'Control+Enter');
  await gone(page);
  await page.locator('.host-inspector dd').getByText('connected').waitFor();
});

test('the palette finds commands and items, and does what it names', async () => {
  const page = await open('real', '/checklist');
  await press(page, 'Control+k');
  await page.keyboard.type('light theme');
  await press(page, 'Enter');
  await page.locator('html[data-theme=light]').waitFor({ state: 'attached' });
  await press(page, 'Control+k');
  await page.keyboard.type('a100');
  await press(page, 'Enter');
  await gone(page);
  await page.locator('.inspector').getByText('GPU instance (A100 or equivalent)').first().waitFor();
  await press(page, 'Control+k', 'Escape', '?');
  await heading(page, 'Keyboard');
});

test('the journal is walked and searched, and an entry shows what was kept and what it speaks of', async () => {
  const page = await open('real', '/journal');
  await press(page, 'ArrowDown', 'j');
  await heading(page, 'Entry 1282');
  await sees(page, '"kind": "item.mark"');
  await press(page, '/');
  await page.keyboard.type('released');
  await sees(page, /^12\d entries/);
});

test('the journal is narrowed to what was tried, and to the models that were seen, with the arrow keys', async () => {
  const page = await open('real', '/journal');
  const told = page.locator('.timeline-entry .timeline-group');
  await tabTo(page, 'All');
  await press(page, ...Array<string>(7).fill('ArrowRight'), 'Space');
  await expect.poll(async () => [...new Set(await told.allTextContents())]).toEqual(['trial']);
  await press(page, 'ArrowRight', 'Space');
  await expect.poll(async () => [...new Set(await told.allTextContents())]).toEqual(['model']);
});

test('a lost service leaves every screen standing, says why, and comes back by itself', async () => {
  const page = await open('real', '/checklist');
  await page.evaluate(() => window.stage.lose());
  await page.locator('.footer-lost').waitFor();
  await sees(page, /The service process ended \(signal 9\)|Nothing answers on the port/);
  await page.locator('.list').getByText('Backtest of three years').waitFor();
  await page.evaluate(() => window.stage.comeBack());
  await page.locator('.footer-lost').waitFor({ state: 'detached' });
  await press(page, 'x');
  await sees(page, 'done, by devops');
});
