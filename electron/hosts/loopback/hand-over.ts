import { setTimeout } from 'node:timers/promises';
import { findBrowser, surroundings } from './browsers.ts';
import type { LoopbackOptions } from './loopback.ts';
import { openWindow } from './open-window.ts';
import { askRunning } from './running.ts';

/** One that started a moment ago can be asked in a moment. */
const attempts = 20;
const everyMs = 250;

/**
 * Lets the Holdpoint that runs on this data folder open the pack and gives it one more window. Gives the problems of
 * the pack; null where none answers, such as when the desktop app has the folder.
 */
export async function handOver(options: LoopbackOptions): Promise<string[] | null> {
  const { dataFolder, pack, mode, say } = options;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const running = await askRunning(dataFolder, { do: 'show', pack, mode });
    if (running) {
      const found = options.window ? findBrowser(surroundings()) : { why: '' };
      if ('browser' in found) {
        openWindow(found.browser, dataFolder, running.link);
        say('Holdpoint runs already on this data folder; this opens a window of it.');
      } else {
        say(`Holdpoint runs already on this data folder. Open a window of it:\n  ${running.link}`);
      }
      return running.problems;
    }
    await setTimeout(everyMs);
  }
  return null;
}
