import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { launchYaml } from '../../support/signed-pack.ts';
import { takePicture } from '../../support/take-picture.ts';
import { dialog, go, gone, heading, press, sees, standsStill, tabTo } from '../../support/window.ts';

const checklist =
  '# Launch\n\n## Model\n\n- [ ] Sharpe ratio > 0.75\n\n## Operations\n\n- [ ] Free space > 100 GB\n';

/** A home with a key in it, as `ssh-keygen` makes one. Gives the line of its public half. */
function homeWithKey(passphrase: string): { home: string; publicKey: string } {
  const home = temporaryFolder();
  const file = join(home, '.ssh', 'id_ed25519');
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', file]);
  expect(made.status).toBe(0);
  return { home, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** Two people, each with a home, a key, a data folder and a copy of the same pack. */
async function team() {
  const [ada, bob] = [homeWithKey('open sesame'), homeWithKey('')];
  const pack = join(temporaryFolder(), 'pack');
  const copy = join(temporaryFolder(), 'pack');
  mkdirSync(join(pack, 'runbooks'), { recursive: true });
  const files = {
    'launch.yaml': launchYaml,
    'checklist.md': checklist,
    allowed_signers: `ada@example.com ${ada.publicKey}\nbob@example.com ${bob.publicKey}\n`,
    'sharpe.txt': '0.91\n',
    'space.txt': '612\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(pack, name), text);
  cpSync(pack, copy, { recursive: true });
  const start = (home: string, folder: string) =>
    appForTest({ args: [folder], env: { HOME: home, SSH_AUTH_SOCK: '' } });
  return { pack, ada: await start(ada.home, pack), bob: await start(bob.home, copy) };
}

/** What is measured here is measured too fast to be seen under way: the test looks for what follows from it. */
async function recheck(page: Page): Promise<void> {
  await go(page, 'launch');
  await press(page, 'r');
}

async function unlock(page: Page): Promise<void> {
  await dialog(page).getByText('Enter passphrase').waitFor();
  await dialog(page)
    .getByText(/ada@example\.com signs with .*id_ed25519/)
    .waitFor();
  await page.keyboard.type('open sesame');
  await press(page, 'Enter');
  await gone(page);
}

async function openReview(page: Page): Promise<void> {
  await press(page, 'g', 'v');
  await heading(page, 'Your review');
  await standsStill(page);
}

/** Marks the item with these words, `rights` states after the first one, for the review that is not signed yet. */
async function mark(page: Page, words: string, rights: number, reason: string): Promise<void> {
  await press(page, 'm');
  await dialog(page).waitFor();
  await page.keyboard.type(words);
  await tabTo(page, 'Done');
  for (let step = 0; step < rights; step += 1) await press(page, 'ArrowRight');
  await tabTo(page, 'Why, or where you looked');
  await page.keyboard.type(reason);
  await press(page, 'Enter');
  await gone(page);
}

async function openSignoff(page: Page): Promise<void> {
  await press(page, 'g', 'o');
  await page.locator('.signoff-role').first().waitFor();
  await standsStill(page);
}

const verdicts = (page: Page) => page.locator('.signoff-verdict').allTextContents();

test('two people review and sign on two machines, settle what they see differently, and only the right answer outdates', async () => {
  const { pack, ada, bob } = await team();
  for (const { page } of [ada, bob]) {
    await recheck(page);
    await page.locator('.rail-entry').getByText('2/2').waitFor();
  }

  await openReview(bob.page);
  await mark(bob.page, 'free space', 1, 'it was 80 GB on Thursday');
  await press(bob.page, 's', 'Enter');
  await gone(bob.page);
  await sees(bob.page, /failed by bob@example\.com: it was 80 GB on Thursday/);
  await openSignoff(bob.page);
  await heading(bob.page, 'DevOps');
  await press(bob.page, 'a', 'Enter');
  await gone(bob.page);
  await expect.poll(() => verdicts(bob.page)).toEqual(['NO ANSWER', 'GO']);
  await openReview(bob.page);
  const file = join(temporaryFolder(), 'from-bob.zip');
  await press(bob.page, 'e');
  await dialog(bob.page).waitFor();
  await bob.page.keyboard.press('Control+a');
  await bob.page.keyboard.type(file);
  await press(bob.page, 'Enter');
  await gone(bob.page);

  const { page } = ada;
  await openReview(page);
  await mark(page, 'free space', 0, 'looked at it today');
  await press(page, 's', 'Enter');
  await unlock(page);
  await press(page, 'i');
  await dialog(page).waitFor();
  await page.keyboard.type(file);
  await press(page, 'Enter');
  await dialog(page).getByText('2 new, 0 known already, 0 refused.').waitFor();
  await dialog(page)
    .getByText(/disputed: .*failed by bob@example\.com/)
    .waitFor();
  await dialog(page).getByText('missing → go').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await go(page, 'launch');
  await page.locator('.board-reason', { hasText: 'reviewers mark it differently' }).press('Enter');
  await heading(page, 'Disputed');
  await sees(page, /done by ada@example\.com: looked at it today/);
  await takePicture(page, 'review');
  await press(page, 'd');
  await dialog(page).getByText('Settle the dispute').waitFor();
  await press(page, 'Space', 'Enter');
  await unlock(page);
  await page.getByRole('heading', { name: 'Disputed' }).waitFor({ state: 'detached' });

  await openSignoff(page);
  await heading(page, 'ML Engineer');
  await press(page, 'a', 'Enter');
  await unlock(page);
  await expect.poll(() => verdicts(page)).toEqual(['GO', 'GO']);
  await go(page, 'launch');
  await page.locator('.board-decision-word').getByText('GO', { exact: true }).waitFor();

  writeFileSync(join(pack, 'sharpe.txt'), '0.83\n');
  await recheck(page);
  await page.locator('.board-decision-word').getByText('NO-GO').waitFor();
  await openSignoff(page);
  await expect.poll(() => verdicts(page)).toEqual(['OUTDATED', 'GO']);
  await sees(page, /Sharpe ratio > 0\.75: measured sharpe pass .*0\.91.*, now .*0\.83/);
  await takePicture(page, 'sign-off');
  for (const app of [ada, bob]) expectNoProblems(app);
});
