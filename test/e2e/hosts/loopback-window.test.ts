import { chmodSync, existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askRunning } from '../../../electron/hosts/loopback/running.ts';
import { linkPattern, sharedChromium, startLoopback } from '../../support/app-loopback.ts';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { isAlive, type StartedProcess } from '../../support/started-process.ts';
import { fixtureDist } from './fixture/build.ts';

/**
 * A browser as a person would have it, but without a screen, and with a door for the test to look in. Chromium with a
 * screen hands an address over to the Chromium that has the profile open; without one it does not, so that is done here.
 */
function browserProgram(): string {
  const program = join(temporaryFolder(), 'browser');
  const args = [...chromiumArgs, '--remote-debugging-port=0'].join(' ');
  writeFileSync(
    program,
    `#!/bin/sh
for argument; do
  case $argument in --app=*) url=\${argument#--app=} ;; --user-data-dir=*) profile=\${argument#--user-data-dir=} ;; esac
done
if [ -e "$profile/DevToolsActivePort" ]; then
  exec curl --silent --fail --output /dev/null -X PUT "http://127.0.0.1:$(head -n 1 "$profile/DevToolsActivePort")/json/new?$url"
fi
exec ${chromiumPath()} ${args} "$@"
`,
  );
  chmodSync(program, 0o755);
  return program;
}

function start(
  dataFolder: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): StartedProcess {
  const { args = [], env = {} } = options;
  const started = startLoopback({ dataFolder, args, env, dist: fixtureDist });
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

/** The window that a start has opened by itself in that browser. */
async function openedWindow(dataFolder: string): Promise<{ browser: Browser; page: Page }> {
  const portFile = join(dataFolder, 'window', 'DevToolsActivePort');
  await expect
    .poll(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n'), { timeout: 20_000 })
    .toBe(true);
  const [port, path] = readFileSync(portFile, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
  onTestFinished(async () => {
    await browser.close();
    // Chromium, whose id its lock names, writes to its profile until it has ended.
    const pid = Number(
      readlinkSync(join(dataFolder, 'window', 'SingletonLock'))
        .split('-')
        .at(-1),
    );
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
  return { browser, page: await connectedPage(browser) };
}

async function connectedPage(browser: Browser): Promise<Page> {
  const find = () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url().endsWith('/'));
  await expect.poll(() => find() !== undefined, { timeout: 20_000 }).toBe(true);
  const page = find() as Page;
  await page.waitForLoadState('load');
  await page.evaluate(() => connected);
  return page;
}

/** Starts without a window and opens the link that is printed, in a browser of its own. */
async function followLink(dataFolder = temporaryFolder()): Promise<{ started: StartedProcess; page: Page }> {
  const started = start(dataFolder, { args: ['--no-window'] });
  const [link] = await started.prints(linkPattern);
  const context = await (await sharedChromium()).newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(link);
  await page.evaluate(() => connected);
  return { started, page };
}

describe('the window of the loopback host', () => {
  it('opens by itself, in a profile of its own, and Holdpoint ends with it when nothing is under way', async () => {
    const dataFolder = temporaryFolder();
    const started = start(dataFolder, { env: { HOLDPOINT_BROWSER: browserProgram() } });
    const { page } = await openedWindow(dataFolder);
    expect(await page.evaluate(() => fixture.client.host())).toMatchObject({ kind: 'loopback' });
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1', path: '/' });
    expect(await page.evaluate(() => document.cookie), 'scripts do not see the cookie').toBe('');
    expect(page.url(), 'the token is in no address').not.toContain('token');
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);

    await page.reload();
    await page.evaluate(() => connected);
    await page.close();
    expect(await started.ended).toBe(0);
    expect(started.output()).toContain('The window was closed; Holdpoint ends.');
    expect(started.output()).toContain('The fixture service was closed.');
    expect(existsSync(join(dataFolder, 'loopback.json'))).toBe(false);
  });

  it('closed during a run leaves the run alone; a later start opens a window of it; it ends with the run', async () => {
    const dataFolder = temporaryFolder();
    const env = { HOLDPOINT_BROWSER: browserProgram() };
    const started = start(dataFolder, { env });
    const { browser, page } = await openedWindow(dataFolder);
    await page.evaluate(() => fixture.client.setUnderWay(['run']));
    await page.context().newPage();
    await page.close();
    await started.prints(
      /The window was closed\. A run goes on: run "npm start" again to see it; Holdpoint ends with it/,
    );

    const later = start(dataFolder, { args: ['/packs/apex', '--rehearsal'], env });
    expect(await later.ended).toBe(0);
    expect(later.output()).toContain(
      'Holdpoint runs already on this data folder; this opened a window of it.',
    );
    expect(later.output()).toContain('/packs/apex cannot be opened:\n  launch.yaml:3:1  system  is missing.');
    const again = await connectedPage(browser);
    expect(await again.evaluate(() => fixture.client.opened())).toEqual(['rehearsal /packs/apex']);

    await again.evaluate(() => fixture.client.setUnderWay([]));
    await again.close();
    expect(await started.ended).toBe(0);
  });

  it('closes when Holdpoint is ended in the terminal, and Holdpoint ends cleanly', async () => {
    const dataFolder = temporaryFolder();
    const started = start(dataFolder, { env: { HOLDPOINT_BROWSER: browserProgram() } });
    const { browser } = await openedWindow(dataFolder);
    const closed = new Promise<void>((resolve) => browser.on('disconnected', () => resolve()));
    expect(await started.stop()).toBe(0);
    await closed;
    expect(started.output()).toContain('The fixture service was closed.');
  });

  it('that cannot be shown is given as a link', async () => {
    const program = join(temporaryFolder(), 'browser');
    writeFileSync(program, '#!/bin/sh\nexit 3\n');
    chmodSync(program, 0o755);
    const broken = start(temporaryFolder(), { env: { HOLDPOINT_BROWSER: program } });
    await broken.prints(/ended with code 3 and showed no window/);
    await broken.prints(linkPattern);
    const none = start(temporaryFolder(), {
      env: { HOLDPOINT_BROWSER: '', DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    await none.prints(/No window can be opened here: there is no display/);
    await none.prints(linkPattern);
  });

  it('is shown anew when a newer one was built', async () => {
    const dataFolder = temporaryFolder();
    const { page } = await followLink(dataFolder);
    await page.evaluate(() => {
      document.title = 'old';
    });
    expect(await askRunning(dataFolder, { do: 'reload' })).toEqual({ link: '', problems: [] });
    await expect.poll(() => page.title()).toBe('Fixture');
    await page.waitForLoadState('load');
    await page.evaluate(() => connected);
  });
});

describe('a link that was printed', () => {
  it('keeps Holdpoint running when its page is closed: somebody may come back', async () => {
    const { started, page } = await followLink();
    await page.close();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(started.child.exitCode).toBeNull();
  });

  it('is told why its window is over when Holdpoint ends', async () => {
    const { started, page } = await followLink();
    await started.stop();
    await expect
      .poll(() => page.evaluate(() => fixture.endings))
      .toContain('Holdpoint has ended. Start it again; what was recorded is there.');
    const refused = await page.evaluate(() =>
      fixture.client.add({ a: 1, b: 2 }).catch((error: Error) => error.message),
    );
    expect(refused).toBe('Holdpoint has ended. Start it again; what was recorded is there.');
  });

  it('whose process was killed leaves a page that says so and refuses what waits for it', async () => {
    const { started, page } = await followLink();
    const waiting = page.evaluate(() => fixture.client.hang().catch((error: Error) => error.message));
    started.child.kill('SIGKILL');
    expect(await waiting).toMatch(/^The link to Holdpoint was lost\. Nothing recorded is lost/);
  });

  it('leads a page of another site nowhere: it is sent no cookie and gets no file', async () => {
    const { page } = await followLink();
    const origin = new URL(page.url()).origin;
    const stranger = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<h1>Stranger</h1>'),
    );
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stranger.close());
    await page.goto(`http://localhost:${(stranger.address() as AddressInfo).port}/`);
    const tried = await page.evaluate(async (home) => {
      const fetched = await fetch(home, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      );
      const socket = await new Promise<string>((resolve) => {
        const link = new WebSocket(`${home.replace('http', 'ws')}/service`);
        link.onopen = () => resolve('open');
        link.onerror = () => resolve('refused');
      });
      const script = await new Promise<string>((resolve) => {
        const element = document.createElement('script');
        element.src = `${home}/`;
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        document.body.append(element);
      });
      return { fetched, socket, script };
    }, origin);
    expect(tried).toEqual({ fetched: 'refused', socket: 'refused', script: 'refused' });
  });
});

describe('a start that cannot be', () => {
  it('on a port that is taken says which and what to do, and leaves the data folder free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const dataFolder = temporaryFolder();
    const refused = start(dataFolder, { args: ['--no-window', '--port', String(port)] });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(
      `Port ${port} is taken by another program. Choose another with --port`,
    );
    await start(dataFolder, { args: ['--no-window'] }).prints(linkPattern);
  });

  it('with arguments nobody knows says which, with the usage, and ends with code 2', async () => {
    const refused = start(temporaryFolder(), { args: ['--dta'] });
    expect(await refused.ended).toBe(2);
    expect(refused.output()).toMatch(/Unknown option '--dta'[\s\S]*Usage: /);
  });

  it('because its service cannot start says why and ends with code 1', async () => {
    const refused = start(temporaryFolder(), { env: { FIXTURE_FAILS: 'The data folder is damaged.' } });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toBe('The data folder is damaged.\n');
  });
});

describe('a later start', () => {
  it('whose browser fails, or that wants none, gives the link instead', async () => {
    const dataFolder = temporaryFolder();
    await start(dataFolder, { args: ['--no-window'] }).prints(linkPattern);
    const program = join(temporaryFolder(), 'browser');
    writeFileSync(program, '#!/bin/sh\nexit 21\n');
    chmodSync(program, 0o755);
    const starts = [
      start(dataFolder, { env: { HOLDPOINT_BROWSER: program } }),
      start(dataFolder, { args: ['--no-window'] }),
    ];
    for (const later of starts) {
      expect(await later.ended).toBe(0);
      expect(later.output()).toMatch(linkPattern);
    }
  });
});

describe('two starts at once', () => {
  it('become one Holdpoint with two windows', async () => {
    const dataFolder = temporaryFolder();
    const both = [1, 2].map(() => start(dataFolder, { args: ['--no-window'] }));
    const links = await Promise.all(both.map(async (each) => (await each.prints(linkPattern))[0]));
    expect(new Set(links.map((link) => new URL(link).origin)).size).toBe(1);
    expect(new Set(links).size).toBe(2);
  });
});
