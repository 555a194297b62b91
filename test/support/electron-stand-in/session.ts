import type { Route } from 'playwright';
import { fromChromium, toChromium } from './addresses.ts';
import { browserContext } from './browser.ts';

type PermissionRequest = (contents: null, permission: string, answer: (granted: boolean) => void) => void;
type PermissionCheck = (contents: null, permission: string) => boolean;
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;

/** Electron's name of a permission, and Chromium's for a page that asks whether it has it. */
const permissions: Record<string, string> = {
  notifications: 'notifications',
  geolocation: 'geolocation',
  media: 'camera',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  'local-fonts': 'local-fonts',
  'window-management': 'window-management',
};

/** The one session: what the app's scheme answers, what it lets through, and what it permits. */
class Session {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      this.handlers.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (filter: { urls: string[] }, listener: BeforeRequest) => {
      this.#schemes = filter.urls.map((url) => url.split(':')[0] ?? '');
      this.#beforeRequest = listener;
    },
  };
  /** Addresses that the app did not let its pages ask for. */
  readonly cancelled: string[] = [];
  devicePermission: (() => boolean) | null = null;
  #schemes: string[] = [];
  #beforeRequest: BeforeRequest | null = null;
  // Without a handler Electron grants everything, and so does this.
  #request: PermissionRequest = (_contents, _permission, answer) => answer(true);
  #check: PermissionCheck = () => true;

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }

  /** Chromium asks no handler, so it is told the answers before a page is there. */
  async applyPermissions(address: string): Promise<void> {
    const browser = (await browserContext()).browser();
    const cdp = await browser?.newBrowserCDPSession();
    const origin = new URL(toChromium(address)).origin;
    for (const [permission, name] of Object.entries(permissions)) {
      let granted = false;
      this.#request(null, permission, (answer) => {
        granted = answer;
      });
      const setting = granted && this.#check(null, permission) ? 'granted' : 'denied';
      await cdp?.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
    // Left open: Chromium forgets the answers with the session that gave them.
  }

  async answer(route: Route): Promise<void> {
    const url = fromChromium(route.request().url());
    const scheme = url.split(':')[0] ?? '';
    if (this.#schemes.includes(scheme) && this.#isCancelled(url)) {
      this.cancelled.push(url);
      return route.abort('blockedbyclient');
    }
    const handler = this.handlers.get(scheme);
    if (!handler) return route.continue();
    const response = await handler(new Request(url, { method: route.request().method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #isCancelled(url: string): boolean {
    let cancelled = false;
    this.#beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel === true;
    });
    return cancelled;
  }
}

export const defaultSession = new Session();
export const schemes: unknown[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (registered: unknown[]) => void schemes.push(...registered),
};
