import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/support/root.ts';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { dialog, go, gone, heading, press, sees, selected, tabTo } from '../../support/window.ts';

/** A pack of one's own, opened LIVE: a copy of a worked one. */
async function ownPack(): Promise<Awaited<ReturnType<typeof appForTest>> & { pack: string; list: string }> {
  const pack = join(temporaryFolder(), 'launch');
  cpSync(join(root, 'resources/packs/apex-ranker'), pack, { recursive: true });
  const app = await appForTest();
  await heading(app.page, 'Open a launch pack');
  await tabTo(app.page, 'Folder with a launch.yaml');
  await app.page.keyboard.type(pack);
  await tabTo(app.page, 'Rehearsal');
  await press(app.page, 'ArrowRight');
  await tabTo(app.page, 'Open LIVE');
  await press(app.page, 'Enter');
  await app.page.locator('.header').getByText('LIVE').waitFor();
  return { ...app, pack, list: join(pack, 'checklist.md') };
}

const find = async (page: Awaited<ReturnType<typeof ownPack>>['page'], words: string) => {
  await go(page, 'checklist');
  await press(page, '/');
  await page.keyboard.type(words);
  await press(page, 'Enter');
  await selected(page).getByText(words).waitFor();
};

test('a mark changes one character of the file, and is there after the next start', async () => {
  const app = await ownPack();
  const { page, list } = app;
  const before = readFileSync(list, 'utf8');
  await find(page, 'Phase 4.2 closed');
  await press(page, 'x');
  await sees(page, /done, by /);
  const after = readFileSync(list, 'utf8');
  const differ = [...after].flatMap((letter, at) => (letter === before[at] ? [] : [at]));
  expect(after.length).toBe(before.length);
  expect(differ.map((at) => `${before[at]}→${after[at]}`)).toEqual([' →x']);

  await press(page, 'b');
  await page.keyboard.type('the walk-forward windows');
  await press(page, 'Enter');
  await gone(page);
  expect(readFileSync(list, 'utf8')).toBe(before);
  await go(page, 'launch');
  await page
    .locator('.board-reasons')
    .getByText(/^\d+ more reasons$/)
    .waitFor();
  await sees(page, 'the walk-forward windows');
  expectNoProblems(app);

  await app.close();
  const { page: next } = await app.again();
  await sees(next, 'the walk-forward windows');
});

test('a file that was changed by another hand is read again, and what was lost is asked about', async () => {
  const { page, list } = await ownPack();
  await find(page, 'Phase 4.2 closed');
  await press(page, 'x');
  await sees(page, /done, by /);
  const changed = readFileSync(list, 'utf8').replace(/Phase 4\.2 closed[^\n]*/, 'Walk-forward accepted');
  writeFileSync(list, changed);
  await dialog(page).getByText("The checklist's file has changed").waitFor();
  expect(readFileSync(list, 'utf8')).toBe(changed);
  await tabTo(page, 'Choose…');
  await press(page, 'Enter');
  await page.keyboard.type('Walk');
  await press(page, 'Enter', 'Control+Enter');
  await gone(page);
  await find(page, 'Walk-forward accepted');
  await sees(page, /done, by /);
});

test('a folder that vanishes is said in a sentence; what was recorded stays, and so does the window', async () => {
  const app = await ownPack();
  const { page, pack } = app;
  await find(page, 'Phase 4.2 closed');
  await press(page, 'x');
  await sees(page, /done, by /);
  renameSync(pack, `${pack}-away`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('read the pack again');
  await press(page, 'Enter');
  await sees(page, 'The pack has 1 problem');
  await go(page, 'launch');
  await sees(page, /launch\.yaml/);
  await sees(page, /is not there|does not exist|cannot be read|no such/i);
  renameSync(`${pack}-away`, pack);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('read the pack again');
  await press(page, 'Enter');
  await find(page, 'Phase 4.2 closed');
  await sees(page, /done, by /);
});

test('a role answers, the clock holds with a reason, and both stand in the journal', async () => {
  const app = await ownPack();
  const { page } = app;
  await go(page, 'launch');
  await press(page, 'a');
  await dialog(page)
    .getByText(/Answer as/)
    .first()
    .waitFor();
  await tabTo(page, 'Say go');
  await press(page, 'Enter');
  await gone(page);
  await sees(page, /unsigned .* by /);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('set t-0');
  await press(page, 'Enter');
  await dialog(page).waitFor();
  await page.keyboard.type('2030-01-02 09:00');
  await press(page, 'Enter');
  await gone(page);
  await press(page, 'h');
  await page.keyboard.type('the backup window moved');
  await press(page, 'Enter');
  await gone(page);
  await page.locator('.tclock').getByText('the backup window moved').waitFor();
  await go(page, 'journal');
  await sees(page, /[Hh]eld.*the backup window moved/);
  await sees(page, /go\b/);
  expectNoProblems(app);
});

test('a launch that cannot be opened again says why at the next start, and opens once it is mended', async () => {
  const app = await ownPack();
  const file = join(app.pack, 'launch.yaml');
  const whole = readFileSync(file, 'utf8');
  await app.close();
  writeFileSync(file, whole.replace('system:', 'sistem:'));
  const { page } = await app.again();
  await sees(page, /It was open, and could not be opened again: .*launch\.yaml:\d+:\d+/);
  writeFileSync(file, whole);
  await page.reload();
  await page.locator('.recent').first().focus();
  await press(page, 'Enter');
  await page.locator('.header').getByText('LIVE').waitFor();
});
