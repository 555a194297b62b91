import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { appForTest, expectNoProblems, serviceOf } from '../../support/app-for-tests.ts';
import { startsOnHosts } from '../../support/sandbox.ts';
import { dialog, go, gone, heading, press, sees, standsStill } from '../../support/window.ts';

async function rehearse(page: Page): Promise<void> {
  await heading(page, 'Open a launch pack');
  await page
    .getByRole('button', { name: /Rehearse it/ })
    .first()
    .waitFor();
  await standsStill(page);
  await press(page, '1');
  await heading(page, 'Deploy to staging', 60_000);
}

async function start(page: Page, target: string): Promise<void> {
  await page.evaluate((name) => {
    location.hash = `/runs/plan?runbook=deploy&target=${name}`;
  }, target);
  await sees(page, /0\.1\.9 is on /);
  await standsStill(page);
  await press(page, 's');
  await heading(page, new RegExp(`Deploy · .* on ${target}`));
}

/** Makes the demo service of a host misbehave, on the Hosts screen. */
async function setFault(page: Page, host: string, fault: string): Promise<void> {
  await go(page, 'hosts');
  const row = page.locator('.sandbox-host', { hasText: host });
  await row.getByRole('radio', { name: new RegExp(`^${fault}`) }).click();
  await expect.poll(() => row.getByRole('radio', { checked: true }).textContent()).toMatch(fault);
}

test('a failure on the first production host asks; retried once it is mended, it waits at the hold, over a new window', async () => {
  const app = await appForTest();
  const { page } = app;
  await rehearse(page);
  await setFault(page, 'prd-1', 'failing');
  await start(page, 'production');
  await heading(page, 'Choose what to do on prd-1');
  await sees(page, /The requested URL returned error: 500/);
  await page.getByRole('button', { name: /Roll back to 0\.1\.9/ }).waitFor();
  await setFault(page, 'prd-1', 'well');
  await go(page, 'run');
  await press(page, '1');
  await dialog(page).getByText('Try the step again').waitFor();
  await press(page, 'Enter');
  await heading(page, 'It holds here');

  await page.reload();
  await heading(page, 'It holds here');
  await press(page, 'r');
  await dialog(page).waitFor();
  await press(page, 'Enter');
  await gone(page);
  await sees(page, 'How it ended', 60_000);
  await sees(page, '0.2.0-production is on prd-1, prd-2');
  expectNoProblems(app);
});

test('the service killed in mid-run finds the run again; every script has begun exactly once', async () => {
  const app = await appForTest();
  await rehearse(app.page);
  await start(app.page, 'staging');
  await expect
    .poll(() => startsOnHosts(app.dataFolder).size, { interval: 20, timeout: 30_000 })
    .toBeGreaterThan(3);
  process.kill(serviceOf(app.dataFolder), 'SIGKILL');
  // On the desktop the main process starts it again; on loopback the service is the program, and a person does.
  const { page } = app.host === 'loopback' ? await app.again() : app;
  await page.locator('.rail').getByText('Runs').waitFor();
  await standsStill(page);
  await go(page, 'runs');
  await page.locator('.run-row', { hasText: 'done' }).waitFor({ timeout: 60_000 });
  const starts = [...startsOnHosts(app.dataFolder).values()];
  expect(starts.length).toBeGreaterThan(10);
  expect(starts.every((count) => count === 1)).toBe(true);
});

test('a host whose key nobody has accepted starts no run until a person has compared its fingerprint', async () => {
  const app = await appForTest();
  const { page, dataFolder } = app;
  await rehearse(page);
  const file = join(dataFolder, 'sandbox', 'known_hosts');
  const keys = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${keys.slice(0, -1).join('\n')}\n`);
  await go(page, 'hosts');
  await press(page, 'Shift+R');
  await sees(page, 'Nobody has accepted the host key of prd-2', 60_000);
  await page.locator('.machine-row', { hasText: 'prd-2' }).click();
  await press(page, 'e');
  await dialog(page)
    .getByText(/SHA256:/)
    .waitFor();
  await press(page, 'ArrowRight', 'Control+Enter');
  await gone(page);
  await page.locator('.host-inspector dd').getByText('connected').waitFor({ timeout: 30_000 });
  expectNoProblems(app);
});
