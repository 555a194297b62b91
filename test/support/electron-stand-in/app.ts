import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { browserContext } from './browser.ts';
import { preventable } from './events.ts';

export interface ClosableWindow {
  close(): Promise<void>;
}

/** Life of the app: ready, one instance, quitting in Electron's order of events. */
class App extends EventEmitter {
  readonly windows = new Set<ClosableWindow>();
  readonly isPackaged = false;
  sandboxed = false;
  #userData = '';
  #quitting = false;
  #saying: Promise<void> = Promise.resolve();
  readonly #ready = browserContext().then(() => {});

  whenReady(): Promise<void> {
    return this.#ready;
  }

  setAppUserModelId(): void {}

  enableSandbox(): void {
    this.sandboxed = true;
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`The stand-in knows no path "${name}".`);
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.#userData = path;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`The stand-in knows no path "${name}".`);
    return this.#userData;
  }

  requestSingleInstanceLock(data: unknown): boolean {
    const [lock, socket] = [join(this.#userData, 'lock'), join(this.#userData, 'socket')];
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) {
        this.#saying = tell(socket, data);
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    rmSync(socket, { force: true });
    createServer((connection) => {
      connection.setEncoding('utf8').on('data', (text) => {
        this.emit('second-instance', {}, [], process.cwd(), JSON.parse(String(text)));
      });
    })
      .listen(socket)
      .unref();
    process.on('exit', () => rmSync(lock, { force: true }));
    return true;
  }

  quit(): void {
    if (this.#quitting) return;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    void this.#leave();
  }

  exit(code = 0): void {
    process.exit(code);
  }

  windowClosed(window: ClosableWindow): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  async #leave(): Promise<void> {
    await this.#saying;
    for (const window of this.windows) await window.close();
    this.emit('will-quit', preventable({}));
    this.emit('quit', {}, 0);
    process.exit(0);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function tell(socket: string, data: unknown): Promise<void> {
  return new Promise((resolve) => {
    const connection = createConnection(socket, () => connection.end(JSON.stringify(data)));
    connection.on('close', () => resolve());
    connection.on('error', () => resolve());
  });
}

export const app = new App();
