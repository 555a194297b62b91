import { AxeBuilder } from '@axe-core/playwright';
import { openPage, show } from './browser.ts';
import type { stageForTests } from './session.ts';
import { type Shot, shots } from './shots.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Screens that show what compute found. They are scanned apart from the others, at the same time. */
export const isOfEvidence = ({ path }: Shot) =>
  /^\/(claims|data|models|backtests|compare|sweep)\b/.test(path);

/** What a screen reader or a weak eye would stumble over, in any theme; and what the window complained of. */
export async function scan(
  stage: ReturnType<typeof stageForTests>,
  wanted: (shot: Shot) => boolean,
): Promise<string[]> {
  const { page, complaints } = await openPage(stage.browser);
  const found: string[] = [];
  for (const [name, shot] of Object.entries(shots).filter(([, one]) => wanted(one))) {
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
        found.push(`${name}, ${theme}: ${id} at ${first?.target.join(' ')}: ${first?.failureSummary ?? ''}`);
      }
    }
    for (const complaint of complaints.splice(0)) found.push(`${name}: ${complaint}`);
  }
  await page.context().close();
  return found;
}
