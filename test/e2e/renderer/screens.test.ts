import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { openPage, show } from '../../support/stage/browser.ts';
import { stageForTests } from '../../support/stage/session.ts';
import { shots } from '../../support/stage/shots.ts';

const stage = stageForTests();
/** Some 140 scans, on a machine that may have other things to do. */
const timeoutMs = 900_000;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test(
  'no screen in any theme has anything a screen reader or a weak eye would stumble over',
  async () => {
    const { page, complaints } = await openPage(stage.browser);
    const found: string[] = [];
    for (const [name, shot] of Object.entries(shots)) {
      await show(page, stage.server, shot);
      for (const theme of ['dark', 'light', 'contrast']) {
        await page.evaluate((shown) => {
          document.documentElement.dataset.theme = shown;
        }, theme);
        const axe = new AxeBuilder({ page }).setLegacyMode(true);
        // What a screen is made of is the same in every theme; only its colours differ.
        const { violations } = await (theme === 'dark'
          ? axe.withTags(rules)
          : axe.withRules('color-contrast')
        ).analyze();
        for (const { id, nodes } of violations) {
          const [first] = nodes;
          found.push(
            `${name}, ${theme}: ${id} at ${first?.target.join(' ')}: ${first?.failureSummary ?? ''}`,
          );
        }
      }
      for (const complaint of complaints.splice(0)) found.push(`${name}: ${complaint}`);
    }
    await page.context().close();
    expect(found).toEqual([]);
  },
  timeoutMs,
);
