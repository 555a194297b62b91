/**
 * Stands in for the `electron` module where Electron's runtime cannot be had. Windows are pages of a real Chromium,
 * preload scripts run in a world of their own, ports are real, utility processes are child processes; the desktop
 * around them (dialogs, menus, notifications, keychain, power) is written down instead of shown.
 *
 * It proves the wiring, the guards and the headers, not Electron.
 */
import { app } from './app.ts';
import { answerTheTest } from './control.ts';
import { asked, willAnswer } from './desktop.ts';
import { routeEverything } from './navigation.ts';
import { schemes } from './session.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { MessageChannelMain } from './channel.ts';
export {
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  shell,
} from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol } from './session.ts';
export { utilityProcess } from './utility-process.ts';

import { defaultSession } from './session.ts';

export const session = { defaultSession };
/** For tests alone: what was asked of the desktop, what it will answer, what was registered. */
export const standIn = { asked, willAnswer, schemes };

await routeEverything();
answerTheTest(() => import('./index.ts'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
