import { expect, test } from 'vitest';
import { appForTest, expectNoProblems } from '../../support/app-for-tests.ts';
import { startsOnHosts } from '../../support/sandbox.ts';
import { dialog, go, gone, heading, press, sees, standsStill, tabTo } from '../../support/window.ts';

/** On both hosts every time: it is what the product promises first. */
for (const host of ['loopback', 'electron'] as const) {
  test(`a newcomer reaches a rehearsed deploy and rollback by keyboard alone, on the ${host} host`, async () => {
    const app = await appForTest({ host });
    const { page } = app;
    await heading(page, 'Open a launch pack');
    await page
      .getByRole('button', { name: /Rehearse it/ })
      .first()
      .waitFor();
    await standsStill(page);
    await press(page, '1');
    await heading(page, 'Deploy to staging');
    await tabTo(page, 'See the plan');
    await press(page, 'Enter');
    await heading(page, /Deploy · 0\.2\.0-production on staging/);
    await sees(page, '0.1.9 is on stg-1, digests match');
    await standsStill(page);
    await press(page, 's');
    await sees(page, 'How it ended');
    await sees(page, '0.2.0-production is on stg-1');
    await go(page, 'hosts');
    await sees(page, /apex-ranker 0\.2\.0-production/);

    await go(page, 'launch');
    await heading(page, 'Roll staging back');
    await tabTo(page, 'See what it would do');
    await press(page, 'Enter');
    await heading(page, 'Roll staging back to 0.1.9');
    await dialog(page).getByText('Switch current → 0.1.9-base').waitFor();
    await press(page, 'Enter');
    expect(await dialog(page).count()).toBe(1);
    await press(page, 'Control+Enter');
    await gone(page);
    await heading(page, 'Roll back · 0.1.9 on staging');
    await sees(page, '0.1.9 is on stg-1');

    await go(page, 'launch');
    await heading(page, 'Deploy to production');
    await go(page, 'journal');
    await sees(page, 'Roll back: done, 0.1.9 is on stg-1');
    // What is measured of runs and items is looked at again after each of them, and then rests.
    await go(page, 'launch');
    await press(page, 'r');
    await page.getByText('Measuring…').waitFor();
    await page.getByText('Measuring…').waitFor({ state: 'detached', timeout: 60_000 });
    await page.waitForTimeout(1_500);
    const entries = await page.locator('.footer').textContent();
    await page.waitForTimeout(2_500);
    expect(await page.locator('.footer').textContent()).toBe(entries);
    expect([...startsOnHosts(app.dataFolder).values()].every((count) => count === 1)).toBe(true);
    expectNoProblems(app);
  });
}
