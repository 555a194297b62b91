import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright';
import { fromChromium, toChromium } from './addresses.ts';
import { app } from './app.ts';
import { browserContext } from './browser.ts';
import { Carrier, type MessagePortMain } from './channel.ts';
import { preventable } from './events.ts';
import { ipcMain } from './ipc-main.ts';
import { bindingName, type FromPage, pack, preloadSource, unpack, worldName } from './preload-world.ts';
import { defaultSession } from './session.ts';

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** The top frame of one document, as `event.senderFrame`. Dead once another document has taken its place. */
class Frame {
  readonly parent = null;
  readonly url: string;
  readonly contextId: number;
  readonly #contents: WebContents;

  constructor(contents: WebContents, url: string, contextId: number) {
    this.#contents = contents;
    this.url = url;
    this.contextId = contextId;
  }

  get origin(): string {
    return /^[a-z]+:\/\/[^/]*/.exec(this.url)?.[0] ?? 'null';
  }

  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []): void {
    if (this.#contents.mainFrame !== this)
      throw new Error('Render frame was disposed before it could be accessed');
    this.#contents.postMessage(channel, message, ports);
  }
}

/** The page of a window, in a real Chromium, with the preload script in a world of its own. */
export class WebContents extends EventEmitter {
  static readonly all = new Map<Page, WebContents>();
  static #last = 0;
  readonly id: number;
  readonly session = defaultSession;
  readonly #preload: string | null;
  readonly #javascript: boolean;
  readonly #page: Promise<Page>;
  readonly #ports = new Carrier({
    message: (port, data) => this.#deliver('port', port, pack(data)),
    close: (port) => this.#deliver('closePort', port),
  });
  #cdp: CDPSession | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  /** The address that the app itself asked for; no event asks it again. */
  #asked = '';
  mainFrame: Frame | null = null;

  constructor({ preload, javascript = true }: { preload?: string; javascript?: boolean }) {
    super();
    WebContents.#last += 1;
    this.id = WebContents.#last;
    this.#javascript = javascript;
    this.#preload = preload === undefined ? null : readFileSync(preload, 'utf8');
    this.#page = this.#createPage();
    app.emit('web-contents-created', {}, this);
  }

  page(): Promise<Page> {
    return this.#page;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#page;
    // A file has no origin that a permission could be given to.
    if (!address.startsWith('file:')) await this.session.applyPermissions(address);
    this.#asked = toChromium(address);
    await page.goto(this.#asked);
  }

  reload(): void {
    void this.#page.then((page) => page.reload());
  }

  async printToPDF(options: { preferCSSPageSize?: boolean; generateTaggedPDF?: boolean }): Promise<Buffer> {
    await this.#page;
    const printed = await this.#cdp?.send('Page.printToPDF', options);
    return Buffer.from(printed?.data ?? '', 'base64');
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver('message', channel, args, []);
  }

  postMessage(channel: string, message: unknown, ports: MessagePortMain[]): void {
    this.#deliver('message', channel, [message], this.#ports.take(ports));
  }

  /** Asks the app whether a page may go there; what it asked for itself it is not asked again. */
  mayNavigate(address: string, isMainFrame: boolean): boolean {
    if (address === this.#asked) {
      this.#asked = '';
      return true;
    }
    const event = preventable({ url: fromChromium(address), isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, event.url);
    return !event.defaultPrevented;
  }

  mayOpen(address: string): boolean {
    return this.#openHandler({ url: fromChromium(address) }).action === 'allow';
  }

  async #createPage(): Promise<Page> {
    const context = await browserContext();
    const page = await context.newPage();
    WebContents.all.set(page, this);
    page.on('popup', (popup) => {
      if (!this.mayOpen(popup.url())) void popup.close();
    });
    page.on('close', () => {
      WebContents.all.delete(page);
      this.#documentGone();
      this.emit('destroyed');
    });
    page.on('crash', () => {
      this.#documentGone();
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    await this.#installPreload(page);
    return page;
  }

  async #installPreload(page: Page): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    this.#cdp = cdp;
    let top = { id: '', url: '' };
    // Chromium tells of a new document first, then of the worlds in it, then of what they say.
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      top = { id: frame.id, url: fromChromium(frame.url) };
      this.#documentGone();
      this.emit('did-navigate', {}, top.url);
    });
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId?: string };
      if (context.name === worldName && frameId === top.id)
        this.mainFrame = new Frame(this, top.url, context.id);
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName) this.#hear(JSON.parse(payload), executionContextId);
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    if (!this.#javascript) await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    if (this.#preload === null) return;
    await cdp.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName,
      source: preloadSource(this.#preload),
    });
  }

  #documentGone(): void {
    this.mainFrame = null;
    this.#ports.closeAll();
  }

  #hear(message: FromPage, contextId: number): void {
    if (this.mainFrame?.contextId !== contextId) return;
    if (message.kind === 'send') {
      const event = {
        sender: this,
        senderFrame: this.mainFrame,
        ports: [],
        processId: 1,
        frameId: contextId,
      };
      ipcMain.emit(message.channel, event, ...message.args);
    }
    if (message.kind === 'port') this.#ports.post(message.port, unpack(message.data));
  }

  #deliver(method: string, ...args: unknown[]): void {
    const contextId = this.mainFrame?.contextId;
    if (contextId === undefined || !this.#cdp) return;
    const expression = `__fromStandIn.${method}(...${JSON.stringify(args)})`;
    // A page that goes away in between is no error.
    this.#cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => {});
  }
}
