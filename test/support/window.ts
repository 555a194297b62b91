import type { Locator, Page } from 'playwright';

/** What a person does to a window with the keyboard alone, and what they see in it. */

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

export function sees(page: Page, text: string | RegExp, timeout = 30_000): Promise<void> {
  return page.getByText(text).filter({ visible: true }).first().waitFor({ timeout });
}

export function dialog(page: Page): Locator {
  return page.locator('[role=dialog], [role=alertdialog]');
}

/** Until no dialog is open. */
export function gone(page: Page): Promise<void> {
  return dialog(page).waitFor({ state: 'detached' });
}

export function selected(page: Page): Locator {
  return page.locator('.list-row[aria-selected=true]');
}

export function heading(page: Page, name: string | RegExp, timeout = 30_000): Promise<void> {
  return page.getByRole('heading', { name }).first().waitFor({ timeout });
}

const screens = {
  launch: { key: 'l', shown: '.board-decision' },
  checklist: { key: 'c', shown: '.list-row' },
  runs: { key: 'r', shown: '.runs-panel' },
  run: { key: 'n', shown: '.run-steps' },
  hosts: { key: 'h', shown: '.machine-row' },
  findings: { key: 'f', shown: '.findings' },
  journal: { key: 'j', shown: '.timeline-entry' },
  settings: { key: 's', shown: '.settings' },
};

/** Goes to a screen by its two keys, and waits until it stands and hears keys of its own. */
export async function go(page: Page, screen: keyof typeof screens): Promise<void> {
  const { key, shown } = screens[screen];
  await press(page, 'g', key);
  await page.locator(shown).first().waitFor();
  await standsStill(page);
}

/** A screen hears its keys once it was painted: sooner than any person, but not than a test. */
export async function standsStill(page: Page): Promise<void> {
  await page.waitForTimeout(150);
}

/** Moves the focus to the first thing whose words, or whose label, begin so, by Tab. */
export async function tabTo(page: Page, words: string): Promise<void> {
  for (let tries = 0; tries < 90; tries += 1) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      return [element, ...labels].map((one) => one?.textContent ?? '');
    });
    if (said.some((text) => text.startsWith(words))) return;
  }
  throw new Error(`Tab never comes to "${words}"`);
}
