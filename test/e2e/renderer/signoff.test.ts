import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openStage, stageForTests } from '../../support/stage/session.ts';
import { dialog, gone, heading, press, sees, tabTo } from '../../support/window.ts';

const stage = stageForTests();

/** All that follows is done with the keyboard alone. */
const open = (scenario: string, path?: string) => openStage(stage, scenario, path);

const row = (page: Page, title: string) => page.locator('.signoff-role').filter({ hasText: title });

test('an outdated answer shows what changed, and is signed anew with a passphrase that is asked for', async () => {
  const page = await open('signed', '/sign-off');
  await heading(page, 'DevOps');
  await sees(page, 'Disk space on every host: measured disk on prd-1 pass 612 GB');
  await press(page, 'a');
  await dialog(page).getByText('17 items of it are neither proven nor done.').waitFor();
  await press(page, 'Enter');
  await dialog(page).getByText('Enter passphrase for "/home/operator/.ssh/id_ed25519"').waitFor();
  await page.keyboard.type('open says me');
  await press(page, 'Enter');
  await dialog(page)
    .getByText(/The passphrase of .* is not right\. Nothing was signed\./)
    .waitFor();
  await press(page, 'Control+Enter');
  await dialog(page).getByText('Passphrase or PIN').waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
  await row(page, 'DevOps').locator('.signoff-verdict').getByText('GO', { exact: true }).waitFor();
  expect(await page.getByText('Disk space on every host: measured').count()).toBe(0);
});

test('Escape at the prompt signs nothing', async () => {
  const page = await open('signed', '/sign-off?role=%22devops%22');
  await press(page, 'a', 'Enter');
  await dialog(page).getByText('Passphrase or PIN').waitFor();
  await press(page, 'Escape');
  await gone(page);
  await row(page, 'DevOps').locator('.signoff-verdict').getByText('OUTDATED').waitFor();
});

test('a no-go needs its reason, a condition its words, and both are signed', async () => {
  const page = await open('signed', '/sign-off?role=%22devops%22');
  await press(page, 'a');
  await dialog(page).waitFor();
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  await dialog(page).getByText('Say why first.').waitFor();
  await press(page, 'Tab');
  await page.keyboard.type('the backup window moved');
  await press(page, 'Control+Enter');
  await dialog(page).getByText('Passphrase or PIN').waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'devops@team.example says no-go: the backup window moved');
});

test('arrows walk the roles, and one that is not mine says who may sign', async () => {
  const page = await open('signed', '/sign-off?role=%22devops%22');
  await row(page, 'DevOps').focus();
  await press(page, 'ArrowDown');
  await heading(page, 'Engineering Manager');
  await sees(page, 'As Engineering Manager may sign: engineering-manager@team.example.');
  await press(page, 'k', 'k', 'k');
  await heading(page, 'ML Engineer');
  expect(await page.locator('.signoff-role[aria-pressed=true]').textContent()).toContain('ML Engineer');
});

test('a key is made with a passphrase that is typed twice', async () => {
  const page = await open('signed', '/sign-off');
  await press(page, 'n');
  await dialog(page).waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await dialog(page).getByText('Type the same passphrase twice.').waitFor();
  await press(page, 'Tab');
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'id_ed25519_holdpoint');
});

test('on the board, an answer of a role with signers leads to Sign-off', async () => {
  const page = await open('signed', '/');
  await press(page, 'a');
  await heading(page, 'Engineering Manager');
  await sees(page, 'What is signed');
  await press(page, 'g', 'l');
  await page.locator('.board-decision').waitFor();
  await press(page, 'g', 'o');
  await sees(page, 'Your keys');
});

test('a review is gathered, signed and exported', async () => {
  const page = await open('signed', '/review');
  await press(page, 's');
  await sees(page, 'Mark an item or comment first.');
  await press(page, 'm');
  await dialog(page).waitFor();
  await page.keyboard.type('dependencies inst');
  await tabTo(page, 'Done');
  await press(page, 'ArrowRight', 'Enter');
  await dialog(page).getByText('Say why first.').waitFor();
  await tabTo(page, 'Why, or where you looked');
  await page.keyboard.type('two are pinned to other versions');
  await press(page, 'Enter');
  await gone(page);
  await press(page, 'c');
  await dialog(page).waitFor();
  await page.keyboard.type('Read on the train.');
  await press(page, 'Control+Enter');
  await gone(page);
  await press(page, 'f');
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({
      name: 'latency.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('p99 12 s'),
    });
  await tabTo(page, 'About the item with these words');
  await page.keyboard.type('dependencies inst');
  await press(page, 'Enter');
  await gone(page);
  await press(page, 'g', 'c');
  const chosen = page.locator('.list-row[aria-selected=true]');
  await chosen.waitFor();
  await press(page, 'j');
  const title = await chosen.locator('.item-title .ellipsis').textContent();
  await press(page, 'm');
  await dialog(page)
    .getByText(title ?? '')
    .waitFor();
  await press(page, 'Enter');
  await chosen.filter({ hasText: title ?? '' }).waitFor();
  await press(page, 'g', 'v');
  await sees(page, /latency\.txt, 8 B: Dependencies installed/);
  await sees(page, 'two are pinned to other versions');
  await press(page, 's');
  await dialog(page).getByText('2 marks and 1 comment, with 1 file').waitFor();
  await press(page, 'Enter');
  await dialog(page).getByText('Passphrase or PIN').waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'nothing yet');
  await sees(page, /failed by devops@team\.example: two are pinned/);
  const saved = page.waitForEvent('download');
  await page.locator('.review-file button').press('Enter');
  expect((await saved).suggestedFilename()).toBe('latency.txt');
  await page.locator('.review-item', { hasText: 'two are pinned' }).focus();
  await press(page, 't');
  await dialog(page).getByText('All that nobody disputes').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'Took over 1 mark');
  await press(page, 'e', 'Enter');
  await sees(page, /14 new files in \/home\/operator\/launches\/ranker-review\.zip/);
});

test('a file shows what it would change and what is refused before anything is taken in', async () => {
  const page = await open('signed', '/review');
  await press(page, 'i');
  await dialog(page).waitFor();
  await page.keyboard.type('review.zip');
  await press(page, 'Enter');
  await dialog(page).getByText('Write the whole path').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('/home/operator/review.zip');
  await press(page, 'Enter');
  await dialog(page).getByText('2 new, 3 known already, 1 refused.').waitFor();
  await dialog(page)
    .getByText(/disputed: done by ml-engineer/)
    .waitFor();
  await dialog(page)
    .getByText(/may not sign for eve@team\.example/)
    .waitFor();
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'Took in 2 entries');
});

test('a shared folder shows what would come and go before anything is exchanged', async () => {
  const page = await open('signed', '/review');
  await press(page, 'x');
  await dialog(page).waitFor();
  await expect.poll(() => dialog(page).getByLabel('Shared folder').inputValue()).toBe('/mnt/team/ranker');
  await press(page, 'Enter');
  await dialog(page).getByText('4 files of yours would be added.').waitFor();
  await dialog(page).getByText('2 new, 3 known already, 1 refused.').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'Took in 2 entries, added 4 files');
});

test('an exchange through a shared folder says how far it is, and is stopped by leaving it', async () => {
  const page = await open('signed', '/review');
  await press(page, 'x');
  await dialog(page).getByLabel('Shared folder').fill('/mnt/slow');
  await press(page, 'Enter');
  await dialog(page).getByText('4 files of yours would be added.').waitFor();
  await press(page, 'Enter');
  await dialog(page).getByText('1,200 of 20,001 files added.').waitFor();
  await dialog(page).getByRole('progressbar', { name: 'Progress of the exchange' }).waitFor();
  await dialog(page).getByRole('button', { name: 'Stop' }).waitFor();
  await press(page, 'Escape');
  await gone(page);
  await sees(page, /What is in the folder by now is whole/);
});

test('a dispute shows both sides and is settled by a signature', async () => {
  const page = await open('signed', '/review');
  await sees(page, /failed by backend-engineer@team\.example: p99 was 12 s/);
  await press(page, 'd');
  await dialog(page).getByText('backend-engineer@team.example: p99 was 12 s').waitFor();
  expect(await dialog(page).getByRole('radio', { checked: true }).count()).toBe(0);
  await press(page, 'Space', 'Enter');
  await dialog(page).getByText('Passphrase or PIN').waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
  expect(await page.getByText('Disputed', { exact: true }).count()).toBe(0);
});

test('a link to a role with signers, from the journal or a reason on the board, leads to Sign-off', async () => {
  const page = await open('signed', '/?role=%22backend-engineer%22');
  await heading(page, 'Backend Engineer');
  await sees(page, /the error rate stays under 1 % in the first hour/);
});

test('two histories of one person are an alarm: on the board, in the rail, and at length on Review', async () => {
  const page = await open('forked', '/');
  const entry = page.locator('.rail-entry').filter({ hasText: 'Review' });
  await entry.getByText(/^\d+ alarms?$/).waitFor();
  await sees(page, /signed two different entries as number 4: ask which are theirs/);
  await press(page, 'g', 'v');
  const alarm = page.getByRole('alert').filter({ hasText: 'Two histories' });
  expect(await alarm.textContent()).toContain('backend-engineer@team.example');
  await sees(page, /is revoked; nothing it signed counts/);
});

test('the audit of a launch or of a period says what it will hold, and where it went', async () => {
  const page = await open('signed', '/sign-off');
  await press(page, 'e');
  await dialog(page)
    .getByText(/^The report as HTML and Markdown/)
    .waitFor();
  await dialog(page)
    .getByText(/^No PDF can be made here/)
    .waitFor();
  await press(page, 'ArrowRight');
  await dialog(page).getByText('ranker 0.1.0').waitFor();
  await press(page, 'Tab');
  await page.keyboard.type('2031-02-30');
  await press(page, 'Enter');
  await dialog(page).getByText('2031-02-30 is no day.').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2031-02-20');
  await dialog(page).getByText('Nothing was recorded on these days.').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2026-01-01');
  await dialog(page).getByText('ranker 0.1.0').waitFor();
  await press(page, 'Enter');
  await dialog(page).getByText('/home/operator/holdpoint-audit-2026-01-01.zip').waitFor();
  await dialog(page).getByText('31 files of 2 launches').waitFor();
  await dialog(page)
    .getByText(/^There is no PDF in it\. No PDF can be made here/)
    .waitFor();
  await press(page, 'Escape');
  await gone(page);
});

test('a path is completed with the arrows and Enter; Escape closes the list before the dialog', async () => {
  const page = await open('signed', '/review');
  await press(page, 'i');
  await dialog(page).waitFor();
  const offered = page.getByRole('option');
  await page.keyboard.type('/home/operator/D');
  await offered.getByText('Downloads/').waitFor();
  await press(page, 'ArrowDown', 'Enter');
  await offered.getByText('review.zip').waitFor();
  expect(await dialog(page).locator('input').inputValue()).toBe('/home/operator/Downloads/');
  await press(page, 'Escape');
  await offered.first().waitFor({ state: 'detached' });
  await dialog(page).waitFor();
  await press(page, 'ArrowDown');
  await offered.getByText('review.zip').waitFor();
  await press(page, 'Enter');
  await offered.first().waitFor({ state: 'detached' });
  expect(await dialog(page).locator('input').inputValue()).toBe('/home/operator/Downloads/review.zip');
  await press(page, 'Enter');
  await dialog(page).getByText('2 new, 3 known already, 1 refused.').waitFor();
  await press(page, 'Escape');
  await gone(page);
});

test('Enter opens the folder that is typed, although the list offers what lies in it', async () => {
  const page = await open('nopack', '/');
  await tabTo(page, 'Folder with a launch.yaml');
  await page.keyboard.type('/home/operator/launches/ranker');
  await page.getByRole('option').getByText('ranker/').waitFor();
  await press(page, 'Enter');
  await page.locator('.board-decision').waitFor();
});

test('an entry is pinned and retold, found among the pinned, and let go of', async () => {
  const page = await open('real', '/journal');
  await page.locator('.timeline-entry').first().waitFor();
  await press(page, 'ArrowDown', 'p');
  await dialog(page).waitFor();
  await page.keyboard.type('Nobody told the third shift.');
  await press(page, 'Control+Enter');
  await gone(page);
  await page.locator('.entry-note').getByText('Nobody told the third shift.').waitFor();
  await press(page, 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
  // The groups are come upon from the last of them; the pinned are the second.
  const groups = await page.locator('.filters .filter').count();
  await press(page, ...Array<string>(groups - 2).fill('ArrowLeft'), 'Space');
  const pinned = page.locator('.timeline-entry');
  await pinned.first().filter({ hasText: 'third shift' }).waitFor();
  const saved = page.waitForEvent('download');
  await press(page, 'e');
  expect((await saved).suggestedFilename()).toBe('timeline-ranker-0.2.0.md');
  await press(page, 'u');
  await pinned.filter({ hasText: 'third shift' }).waitFor({ state: 'detached' });
});
