import { setTimeout } from 'node:timers/promises';
import { findBrowser, surroundings } from './browsers.ts';
import type { LoopbackOptions } from './loopback.ts';
import { openWindow } from './open-window.ts';
import { askRunning } from './running.ts';

/** One that started a moment ago can be asked in a moment. */
const patienceMs = 5_000;
const everyMs = 250;
const failureMs = 2_000;

/**
 * Lets the Holdpoint that runs on this data folder open the pack and gives it one more window. Gives the problems of
 * the pack; null where none answers, such as when the desktop app has the folder.
 */
export async function handOver(options: LoopbackOptions): Promise<string[] | null> {
  const { dataFolder, pack, mode, say } = options;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const running = await askRunning(dataFolder, { do: 'show', pack, mode });
    if (running) {
      const shown = options.window && (await opensWindow(dataFolder, running.link));
      say(
        shown
          ? 'Holdpoint runs already on this data folder; this opened a window of it.'
          : `Holdpoint runs already on this data folder. Open a window of it with this link, which works once:\n  ${running.link}`,
      );
      return running.problems;
    }
    await setTimeout(everyMs);
  }
  return null;
}

/** Whether a browser took the link and did not fail at once. One that shows the window itself goes on for long. */
async function opensWindow(dataFolder: string, link: string): Promise<boolean> {
  const found = findBrowser(surroundings());
  if ('why' in found) return false;
  const window = openWindow(found.browser, dataFolder, link);
  const failed = new Promise<boolean>((resolve) => window.onExit((code) => resolve(code !== 0)));
  return !(await Promise.race([failed, setTimeout(failureMs, false)]));
}
