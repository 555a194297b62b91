import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { type Browser, profileFolder, windowArguments } from './browsers.ts';

export interface OpenedWindow {
  /** With the code, when the browser ends by itself; a browser that hands over to a running one ends with 0. */
  onExit(listener: (code: number) => void): void;
  close(): void;
}

/** Opens the address in a window of the browser. The window does not hear the terminal's Ctrl-C. */
export function openWindow(browser: Browser, dataFolder: string, url: string): OpenedWindow {
  const profile = profileFolder(browser, dataFolder, homedir());
  mkdirSync(profile, { recursive: true });
  const args = windowArguments(url, profile, process.getuid?.() === 0);
  const child = spawn(browser.path, args, { stdio: 'ignore', detached: true });
  child.unref();
  return new BrowserWindow(child);
}

class BrowserWindow implements OpenedWindow {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  onExit(listener: (code: number) => void): void {
    this.#child.on('exit', (code) => listener(code ?? 1));
    this.#child.on('error', () => listener(1));
  }

  close(): void {
    if (this.#child.exitCode === null && this.#child.pid) this.#child.kill('SIGTERM');
  }
}
