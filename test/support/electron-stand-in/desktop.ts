import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

/** What the app asked of the desktop, for the test to read; and what the person at the desktop will answer. */
export const asked = {
  notifications: [] as { title: string; body: string }[],
  dialogs: [] as { kind: string; message: string; detail: string; buttons: string[] }[],
  menus: [] as unknown[],
  opened: [] as string[],
  blockers: new Map<number, string>(),
};
export const willAnswer = { buttons: [] as number[], paths: [] as string[] };

export const powerMonitor = new EventEmitter();

let lastBlocker = 0;
export const powerSaveBlocker = {
  start(type: string): number {
    lastBlocker += 1;
    asked.blockers.set(lastBlocker, type);
    return lastBlocker;
  },
  stop: (id: number) => asked.blockers.delete(id),
  isStarted: (id: number) => asked.blockers.has(id),
};

export class Notification {
  static isSupported(): boolean {
    return true;
  }

  readonly #options: { title: string; body: string };

  constructor(options: { title: string; body: string }) {
    this.#options = options;
  }

  show(): void {
    asked.notifications.push(this.#options);
  }
}

interface MessageBox {
  message: string;
  detail?: string;
  buttons?: string[];
  cancelId?: number;
}

export const dialog = {
  async showMessageBox({ message, detail = '', buttons = ['OK'], cancelId = 0 }: MessageBox) {
    asked.dialogs.push({ kind: 'message', message, detail, buttons });
    return { response: willAnswer.buttons.shift() ?? cancelId };
  },
  showErrorBox(message: string, detail: string) {
    asked.dialogs.push({ kind: 'error', message, detail, buttons: ['OK'] });
    console.error(`[error box] ${message}: ${detail}`);
  },
  async showOpenDialog(...args: unknown[]) {
    asked.dialogs.push({ kind: 'open', message: JSON.stringify(args.at(-1)), detail: '', buttons: [] });
    const path = willAnswer.paths.shift();
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] };
  },
  async showSaveDialog(...args: unknown[]) {
    asked.dialogs.push({ kind: 'save', message: JSON.stringify(args.at(-1)), detail: '', buttons: [] });
    const path = willAnswer.paths.shift();
    return { canceled: path === undefined, filePath: path ?? '' };
  },
};

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void asked.menus.push(menu),
};

export const shell = { openExternal: async (url: string) => void asked.opened.push(url) };
export const nativeTheme = { shouldUseDarkColors: process.env.STAND_IN_THEME !== 'light' };

/** The keychain: `gnome_libsecret` unless the test says `basic_text` or `locked`. */
const keychain = process.env.STAND_IN_KEYCHAIN ?? 'gnome_libsecret';
const key = Buffer.alloc(32, 'a key that only this user has');
export const safeStorage = {
  shouldReEncrypt: false,
  getSelectedStorageBackend: () => (keychain === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
  isAsyncEncryptionAvailable: async () => keychain !== 'locked',
  async encryptStringAsync(text: string): Promise<Buffer> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  },
  async decryptStringAsync(encrypted: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12));
    decipher.setAuthTag(encrypted.subarray(12, 28));
    const result = decipher.update(encrypted.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: this.shouldReEncrypt };
  },
};
