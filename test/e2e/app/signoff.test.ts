import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { type OfflineMachine, startOfflineMachine } from '../../support/offline-machine.ts';
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

/** A pack that believes three people's keys: ada's, which has a passphrase, bob's, and that of who leads the launch. */
function team() {
  const [ada, bob, lead] = [homeWithKey('open sesame'), homeWithKey(''), homeWithKey('')];
  const pack = join(temporaryFolder(), 'pack');
  mkdirSync(join(pack, 'runbooks'), { recursive: true });
  const files = {
    'launch.yaml': launchYaml,
    'checklist.md': checklist,
    allowed_signers: [
      `ada@example.com ${ada.publicKey}`,
      `bob@example.com ${bob.publicKey}`,
      `lead@example.com ${lead.publicKey}\n`,
    ].join('\n'),
    'sharpe.txt': '0.91\n',
    'space.txt': '612\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(pack, name), text);
  return { pack, ada, bob, lead };
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

/** Types a path into the dialog that a key opens. */
async function exchange(page: Page, key: 'e' | 'i', path: string): Promise<void> {
  await openReview(page);
  await press(page, key);
  await dialog(page).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(path);
  await press(page, 'Enter');
}

async function exportTo(page: Page, name: string): Promise<string> {
  const file = join(temporaryFolder(), name);
  await exchange(page, 'e', file);
  await gone(page);
  return file;
}

async function answerGo(page: Page, role: string): Promise<void> {
  await openSignoff(page);
  await heading(page, role);
  await press(page, 'a', 'Enter');
}

/** Everything that a process in this place could reach: the addresses of its network, and its routes. */
function networkOf({ enter: [program = '', ...words] }: OfflineMachine): string[] {
  const { stdout } = spawnSync(program, [...words, 'ip', '-brief', 'address'], { encoding: 'utf8' });
  const routes = spawnSync(program, [...words, 'ip', 'route'], { encoding: 'utf8' });
  return [...stdout.trim().split('\n'), ...routes.stdout.trim().split('\n')].filter((line) => line !== '');
}

test('two people review one file with the network off, settle what they see differently, and only the right answer outdates', async () => {
  const { pack, ada, bob, lead } = team();
  const machine = await startOfflineMachine();
  onTestFinished(() => machine.close());
  if (machine.enter.length > 0)
    expect(networkOf(machine)).toEqual([expect.stringMatching(/^lo .*127\.0\.0\.1/)]);
  const start = (home: string, ...args: string[]) =>
    appForTest({ host: 'loopback', machine, args, env: { HOME: home, SSH_AUTH_SOCK: '' } });
  const home = await start(lead.home, pack);
  await recheck(home.page);
  await home.page.locator('.rail-entry').getByText('2/2').waitFor();
  const file = await exportTo(home.page, 'launch.zip');

  const atBob = await start(bob.home, file);
  await atBob.page.locator('.header').getByText('COPY TO REVIEW').waitFor();
  await atBob.page.locator('.rail-entry').getByText('2/2').waitFor();
  await recheck(atBob.page);
  await sees(atBob.page, /This is a copy to review/);
  await openReview(atBob.page);
  await mark(atBob.page, 'free space', 1, 'it was 80 GB on Thursday');
  await press(atBob.page, 's', 'Enter');
  await gone(atBob.page);
  await sees(atBob.page, /failed by bob@example\.com: it was 80 GB on Thursday/);
  await answerGo(atBob.page, 'DevOps');
  await gone(atBob.page);
  await expect.poll(() => verdicts(atBob.page)).toEqual(['NO ANSWER', 'GO']);
  const fromBob = await exportTo(atBob.page, 'from-bob.zip');

  const atAda = await start(ada.home);
  await heading(atAda.page, 'Open a launch pack');
  await tabTo(atAda.page, 'Folder with a launch.yaml');
  await atAda.page.keyboard.type(file);
  await press(atAda.page, 'Enter');
  await atAda.page.locator('.header').getByText('COPY TO REVIEW').waitFor();
  await openReview(atAda.page);
  await sees(atAda.page, 'A copy to review');
  await mark(atAda.page, 'free space', 0, 'looked at it today');
  await press(atAda.page, 's', 'Enter');
  await unlock(atAda.page);
  await sees(atAda.page, /done by ada@example\.com: looked at it today/);
  await answerGo(atAda.page, 'ML Engineer');
  await unlock(atAda.page);
  await expect.poll(() => verdicts(atAda.page)).toEqual(['GO', 'NO ANSWER']);
  const fromAda = await exportTo(atAda.page, 'from-ada.zip');

  const { page } = home;
  await exchange(page, 'i', fromBob);
  await dialog(page).getByText('2 new, 0 known already, 0 refused.').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await exchange(page, 'i', fromAda);
  await dialog(page).getByText('2 new, 0 known already, 0 refused.').waitFor();
  await dialog(page)
    .getByText(/disputed: .*failed by bob@example\.com/)
    .waitFor();
  await dialog(page).getByText('missing → go').waitFor();
  await press(page, 'Enter');
  await gone(page);
  await go(page, 'launch');
  await page.locator('.board-decision-word').getByText('NO-GO').waitFor();
  await page.locator('.board-reason', { hasText: 'reviewers mark it differently' }).press('Enter');
  await heading(page, 'Disputed');
  await sees(page, /done by ada@example\.com: looked at it today/);
  await takePicture(page, 'review');
  await press(page, 'd');
  await dialog(page).getByText('Settle the dispute').waitFor();
  await press(page, 'Space', 'Enter');
  await gone(page);
  await page.getByRole('heading', { name: 'Disputed' }).waitFor({ state: 'detached' });
  await sees(page, /by lead@example\.com/);
  await openSignoff(page);
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
  for (const app of [home, atAda, atBob]) expectNoProblems(app);
});
