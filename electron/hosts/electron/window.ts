import { BrowserWindow, nativeTheme } from 'electron';
import { appAddress } from './address.ts';

/** The ground of the two themes, so that nothing flashes before the page is there. */
const ground = { dark: '#0d1015', light: '#f6f7f9' };

/** Opens the window where it was last, on the ground of its theme. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    title: 'Holdpoint',
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.loadURL(appAddress).catch((error: Error) => console.error(`The window is empty: ${error.message}`));
  return window;
}
