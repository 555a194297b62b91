import { expect, test } from 'vitest';
import { openPage, show } from '../../support/stage/browser.ts';
import { isOfEvidence, scan } from '../../support/stage/scan.ts';
import { stageForTests } from '../../support/stage/session.ts';
import { type Shot, shots } from '../../support/stage/shots.ts';

const stage = stageForTests();
/** A hundred scans, on a machine that may have other things to do. */
const timeoutMs = 900_000;

test(
  'no screen in any theme has anything a screen reader or a weak eye would stumble over',
  async () => {
    expect(await scan(stage, (shot) => !isOfEvidence(shot))).toEqual([]);
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
      'sweep-cluster',
      'settings',
      'pack',
    ]) {
      await show(page, stage.server, shots[name] as Shot);
      const out = await page.evaluate(() => {
        const isOut = ({ left, right }: DOMRect) => left < 0 || right > innerWidth + 0.5;
        const low = [...document.querySelectorAll('.dialog-foot')]
          .filter((foot) => foot.getBoundingClientRect().bottom > innerHeight)
          .map(() => 'the end of the dialog is below the window');
        const wide = [...document.querySelectorAll('button, a, h1, h2, .mode, .tclock-figure')]
          .filter((element) => isOut(element.getBoundingClientRect()))
          .map((element) => `${element.className}: ${element.textContent?.slice(0, 40)}`);
        const parts = [...document.querySelectorAll('.header > *, .header-launch > *, .header-end > *')];
        const over = parts.filter((part) => {
          const box = part.getBoundingClientRect();
          const next = part.nextElementSibling?.getBoundingClientRect();
          return next !== undefined && box.right > next.left + 0.5;
        });
        return [...low, ...wide, ...over.map((part) => `${part.className} lies over what follows`)];
      });
      found.push(...out.map((one) => `${name}: ${one}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  },
  timeoutMs,
);
