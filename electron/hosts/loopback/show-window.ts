import { findBrowser, surroundings } from './browsers.ts';
import type { LoopbackOptions } from './loopback.ts';
import { type OpenedWindow, openWindow } from './open-window.ts';
import type { LoopbackServer } from './server.ts';
import type { WindowWatch } from './window-watch.ts';

/** A link given to a browser at once, and one that a person copies. */
export const linkLifetimeMs = { browser: 60_000, person: 600_000 };
/** So long a window may take to appear before its link is printed too. */
const patienceMs = 20_000;

/** Opens the window in the system's browser, or prints the link where that cannot be done or is not wanted. */
export function showWindow(
  options: LoopbackOptions,
  server: LoopbackServer,
  windows: WindowWatch,
): OpenedWindow | null {
  const { say, dataFolder } = options;
  const found = options.window ? findBrowser(surroundings()) : null;
  if (!found || 'why' in found) {
    if (found) say(`No window can be opened here: ${found.why}.`);
    printLink(server, say);
    return null;
  }
  const { path } = found.browser;
  const window = openWindow(found.browser, dataFolder, server.link(linkLifetimeMs.browser));
  say(`Holdpoint runs on 127.0.0.1:${server.port}, in a window of ${path}.`);
  windows.endWithLast();
  let printed = false;
  const fallBack = (why: string) => {
    if (windows.seen || printed) return;
    printed = true;
    say(why);
    printLink(server, say);
  };
  setTimeout(
    () => fallBack('The window is slow to appear; it can be opened by hand, too.'),
    patienceMs,
  ).unref();
  window.onExit((code) => {
    // A browser that hands over to a running one ends with 0 and has done its work.
    if (code !== 0) fallBack(`${path} ended with code ${code} and showed no window.`);
  });
  return window;
}

function printLink(server: LoopbackServer, say: (line: string) => void): void {
  const { port } = server;
  say(
    'Open Holdpoint in a browser of this machine, or of another that forwards the same port with ' +
      `ssh -L ${port}:127.0.0.1:${port}. The link works once. Ctrl-C ends Holdpoint.\n` +
      `  ${server.link(linkLifetimeMs.person)}`,
  );
}
