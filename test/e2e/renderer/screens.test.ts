import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { openPage, show } from '../../support/stage/browser.ts';
import { stageForTests } from '../../support/stage/session.ts';
import { type Shot, shots } from '../../support/stage/shots.ts';

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
      await show(page, stage.server, shot).catch((error) => {
        throw new Error(`${name} does not come to rest`, { cause: error });
      });
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

test(
  'in the smallest window nothing is pushed out of sight, whatever the words are',
  async () => {
    const { page } = await openPage(stage.browser, { width: 1024, height: 700 });
    const found: string[] = [];
    for (const name of [
      'board-overfull',
      'checklist-overfull',
      'sign-off-overfull',
      'review-overfull',
      'journal-pinned',
      'run-overfull',
      'run-failed',
      'plan',
      'hosts-overfull',
      'claims-overfull',
      'data-overfull',
      'models-overfull',
      'sweep-running',
      'settings',
      'pack',
    ]) {
      await show(page, stage.server, shots[name] as Shot);
      const out = await page.evaluate(() => {
        const isOut = ({ left, right }: DOMRect) => left < 0 || right > innerWidth + 0.5;
        const wide = [...document.querySelectorAll('button, a, h1, h2, .mode, .tclock-figure')]
          .filter((element) => isOut(element.getBoundingClientRect()))
          .map((element) => `${element.className}: ${element.textContent?.slice(0, 40)}`);
        const parts = [...document.querySelectorAll('.header > *, .header-launch > *, .header-end > *')];
        const over = parts.filter((part) => {
          const box = part.getBoundingClientRect();
          const next = part.nextElementSibling?.getBoundingClientRect();
          return next !== undefined && box.right > next.left + 0.5;
        });
        return [...wide, ...over.map((part) => `${part.className} lies over what follows`)];
      });
      found.push(...out.map((one) => `${name}: ${one}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  },
  timeoutMs,
);
