import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, type Evaluate, launchApp } from '../../support/app.ts';
import { fixtureDist } from './fixture/build.ts';

let app: App;
let main: Evaluate;
/** A stranger's site that is really there, so that only the guards keep the window away from it. */
let stranger: string;
let visits = 0;
let pages = 0;
const server = createServer((_request, response) => {
  visits += 1;
  response.setHeader('access-control-allow-origin', '*');
  response.end('<h1>Stranger</h1>');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stranger = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  app = await launchApp({ host: 'electron', dist: fixtureDist });
  if (!app.evaluate) throw new Error('The desktop app has no main process.');
  main = app.evaluate;
  await app.page.evaluate(() => connected);
  pages = app.page.context().pages().length;
});
afterAll(async () => {
  await app.close();
  server.close();
});
beforeEach(() => {
  visits = 0;
});

/** The page is where it was, alone and connected. */
async function expectUnmoved(): Promise<void> {
  expect(await app.page.textContent('h1')).toBe('Fixture');
  expect(await app.page.evaluate(() => fixture.client.add({ a: 1, b: 1 }))).toBe(2);
  expect(await app.page.evaluate(() => fixture.connections), 'the link was kept').toBe(1);
  expect(app.page.context().pages(), 'no other window was opened').toHaveLength(pages);
}

describe('the window stays where it is', () => {
  afterEach(() => {
    expect(visits, 'the stranger was not even asked').toBe(0);
  });

  it('when a script sends it away', async () => {
    await app.page.evaluate((url) => {
      location.href = url;
    }, stranger);
    await app.page.waitForTimeout(200);
    await expectUnmoved();
  });

  it('when a person follows a link', async () => {
    await app.page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      link.textContent = 'away';
      link.id = 'away';
      document.body.append(link);
    }, stranger);
    await app.page.click('#away', { noWaitAfter: true });
    await app.page.waitForTimeout(200);
    await expectUnmoved();
  });

  it.each(['https://app.holdpoint.stand-in.test.evil.example/', 'https://evil.holdpoint.stand-in.test/'])(
    'when the address only looks like its own: %s',
    async (address) => {
      await app.page.evaluate((url) => {
        location.href = url;
      }, address);
      await app.page.waitForTimeout(200);
      await expectUnmoved();
    },
  );

  it('when its server redirects', async () => {
    const prevented = await main(({ BrowserWindow }, url) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      const seen: boolean[] = [];
      for (const address of [url, 'holdpoint://app/checklist']) {
        const event = { url: address, defaultPrevented: false, preventDefault: () => {} };
        event.preventDefault = () => {
          event.defaultPrevented = true;
        };
        webContents.emit('will-redirect', event);
        seen.push(event.defaultPrevented);
      }
      return seen;
    }, stranger);
    expect(prevented).toEqual([true, false]);
  });
});

/** The stand-in closes a window that the app denies as soon as it is there; Electron does not make it at all. */
describe('the window opens nothing', () => {
  it.each(['', 'about:blank', 'https://app.holdpoint.stand-in.test/', 'stranger'])(
    'not %j',
    async (address) => {
      await app.page.evaluate((url) => void window.open(url), address === 'stranger' ? stranger : address);
      await app.page.waitForTimeout(300);
      await expectUnmoved();
      expect(await main(({ standIn }) => standIn.asked.opened), 'nor in the browser outside').toEqual([]);
    },
  );

  it('not by a link to a new window', async () => {
    await app.page.evaluate((url) => {
      const link = document.createElement('a');
      Object.assign(link, { href: url, target: '_blank', id: 'new', textContent: 'new' });
      document.body.append(link);
    }, stranger);
    await app.page.click('#new', { noWaitAfter: true });
    await app.page.waitForTimeout(300);
    await expectUnmoved();
  });

  it('no web view', async () => {
    const prevented = await main(({ BrowserWindow }) => {
      let done = false;
      const event = {
        preventDefault: () => {
          done = true;
        },
      };
      BrowserWindow.getAllWindows()[0].webContents.emit('will-attach-webview', event, {}, {});
      return done;
    });
    expect(prevented).toBe(true);
  });
});

describe('the window may', () => {
  it('use nothing that needs a permission', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'midi', 'camera', 'clipboard-read'] as PermissionName[];
      const queried = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      const located = await new Promise<string>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('located'),
          ({ message }) => resolve(message),
        ),
      );
      return {
        states: [...new Set(queried.map(({ state }) => state))],
        located,
        notify: Notification.permission,
      };
    });
    expect(states).toEqual({ states: ['denied'], located: 'User denied Geolocation', notify: 'denied' });
    expect(await main(({ session }) => session.defaultSession.devicePermission())).toBe(false);
  });

  it('not reach the network, even without its content security policy', async () => {
    await main(({ session }) => {
      const { handlers } = session.defaultSession;
      const strict = handlers.get('holdpoint');
      handlers.set('holdpoint', async (request: Request) => {
        const response = await strict(request);
        response.headers.delete('content-security-policy');
        return response;
      });
    });
    await app.page.reload();
    const address = 'https://evil.example/collect';
    const fetched = await app.page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'fetched',
          () => 'refused',
        ),
      address,
    );
    expect(fetched).toBe('refused');
    expect(await main(({ session }) => session.defaultSession.cancelled)).toContain(address);
  });
});

describe('the main process', () => {
  it('opens its window where it was last, on the ground of the theme', async () => {
    const options = await main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].options);
    expect(options).toMatchObject({ name: 'main', windowStatePersistence: true, backgroundColor: '#0d1015' });
    const light = await launchApp({ host: 'electron', dist: fixtureDist, env: { STAND_IN_THEME: 'light' } });
    const ground = await light.evaluate?.(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].options);
    await light.close();
    expect(ground).toMatchObject({ backgroundColor: '#f6f7f9' });
  });

  it('runs every page in the sandbox, isolated, without Node', async () => {
    const { sandboxed, preferences, schemes } = await main(({ app: desktop, BrowserWindow, standIn }) => ({
      sandboxed: desktop.sandboxed,
      preferences: BrowserWindow.getAllWindows()[0].options.webPreferences,
      schemes: standIn.schemes,
    }));
    expect(sandboxed).toBe(true);
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(preferences).not.toHaveProperty('allowRunningInsecureContent');
    expect(schemes).toEqual([
      {
        scheme: 'holdpoint',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  it('serves its own files, for reading, from its own host alone', async () => {
    const answers = await main(async ({ session }) => {
      const handle = session.defaultSession.handlers.get('holdpoint');
      const ask = async (url: string, method = 'GET') => {
        const { status, headers } = await handle(new Request(url, { method }));
        return [status, headers.get('x-content-type-options')];
      };
      return Promise.all([
        ask('holdpoint://app/'),
        ask('holdpoint://app/', 'POST'),
        ask('holdpoint://evil/'),
        ask('holdpoint://app.evil.example/'),
        ask('holdpoint://app/assets/gone.js'),
        ask('holdpoint://app/..%2f..%2fpackage.json'),
      ]);
    });
    expect(answers).toEqual([200, 405, 403, 403, 404, 404].map((status) => [status, 'nosniff']));
  });

  it('gives a port to the page of its window, and to nobody else', async () => {
    const given = await main(async ({ BrowserWindow, ipcMain }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      const own = { parent: null, origin: 'holdpoint://app', url: 'holdpoint://app/' };
      const senders: Record<string, { sender: unknown; frame: object | null }> = {
        'its own page': { sender: webContents, frame: own },
        'a frame inside': { sender: webContents, frame: { ...own, parent: own } },
        'another origin': { sender: webContents, frame: { ...own, origin: 'https://evil.example' } },
        'another address': { sender: webContents, frame: { ...own, url: 'holdpoint://evil/' } },
        'a frame that is gone': { sender: webContents, frame: null },
        'contents of no window': { sender: { id: 999 }, frame: own },
      };
      const got: string[] = [];
      for (const [who, { sender, frame }] of Object.entries(senders)) {
        const senderFrame = frame && { ...frame, postMessage: () => got.push(who) };
        ipcMain.emit('holdpoint:connect', { sender, senderFrame });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return got;
    });
    expect(given).toEqual(['its own page']);
  });

  it('has a menu of what every app of the system has', async () => {
    const [menu] = await main(({ standIn }) => standIn.asked.menus);
    expect(menu).toEqual(
      expect.arrayContaining([{ role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }]),
    );
  });
});
