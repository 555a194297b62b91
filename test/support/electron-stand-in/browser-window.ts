import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { WebContents } from './web-contents.ts';

interface WindowOptions {
  width?: number;
  height?: number;
  webPreferences: { preload?: string; javascript?: boolean };
}

/** A window: a page of the test's Chromium, of the size asked for. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  #focused = 0;

  static getAllWindows(): BrowserWindow[] {
    return [...app.windows] as BrowserWindow[];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows()[0] ?? null;
  }

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.webContents = new WebContents(options.webPreferences);
    app.windows.add(this);
    void this.#prepare(options);
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadURL(pathToFileURL(path).href);
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  focus(): void {
    this.#focused += 1;
  }

  timesFocused(): number {
    return this.#focused;
  }

  async close(): Promise<void> {
    await (await this.webContents.page()).close();
  }

  /** Without the questions of a close. */
  destroy(): void {
    void this.close();
  }

  async #prepare({ width = 800, height = 600 }: WindowOptions): Promise<void> {
    const page = await this.webContents.page();
    await page.setViewportSize({ width, height });
    page.on('close', () => {
      this.emit('closed');
      app.windowClosed(this);
    });
  }
}
