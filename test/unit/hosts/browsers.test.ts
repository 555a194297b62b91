import { describe, expect, it } from 'vitest';
import {
  findBrowser,
  findInstalled,
  printArguments,
  profileFolder,
  type Surroundings,
  windowArguments,
} from '../../../electron/hosts/loopback/browsers.ts';
import { pdfByBrowser } from '../../../electron/hosts/pdf-by-browser.ts';

function machine(platform: NodeJS.Platform, programs: string[], env: NodeJS.ProcessEnv = {}): Surroundings {
  return {
    platform,
    env,
    home: '/home/ops',
    find: (name) => programs.find((path) => path.endsWith(`/${name}`)) ?? null,
    isExecutable: (path) => programs.includes(path),
  };
}
const display = { DISPLAY: ':0' };

describe('the browser that shows the window', () => {
  it('is Chromium before Chrome before Edge on Linux', () => {
    const programs = ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium'];
    const paths = [3, 2, 1].map((count) => findBrowser(machine('linux', programs.slice(0, count), display)));
    expect(paths).toEqual(
      ['chromium', 'google-chrome', 'microsoft-edge'].map((name) => ({
        browser: { path: `/usr/bin/${name}`, isSnap: false },
      })),
    );
  });

  it('is found among the applications of macOS and the program folders of Windows', () => {
    const chrome = '/home/ops/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(machine('darwin', [chrome]))).toMatchObject({ browser: { path: chrome } });
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
    expect(findBrowser(machine('win32', [edge], env))).toMatchObject({ browser: { path: edge } });
  });

  it('there is none without a display, on Wayland there is', () => {
    const programs = ['/usr/bin/chromium'];
    expect(findBrowser(machine('linux', programs))).toEqual({ why: 'there is no display' });
    expect(findBrowser(machine('linux', programs, { WAYLAND_DISPLAY: 'wayland-0' }))).toHaveProperty(
      'browser',
    );
  });

  it('there is none where none is installed', () => {
    expect(findBrowser(machine('linux', [], display))).toEqual({
      why: 'no Chromium, Chrome or Edge is installed',
    });
  });

  it('is the one HOLDPOINT_BROWSER names, or none when that is no program', () => {
    const env = { HOLDPOINT_BROWSER: '/opt/brave' };
    expect(findBrowser(machine('linux', ['/opt/brave'], env))).toMatchObject({
      browser: { path: '/opt/brave' },
    });
    expect(findBrowser(machine('linux', ['/usr/bin/chromium'], env))).toEqual({
      why: 'HOLDPOINT_BROWSER names /opt/brave, which is no program',
    });
  });

  it('keeps its profile with the data, but a snap where a snap may write', () => {
    const snap = findBrowser(machine('linux', ['/usr/bin/chromium-browser', '/snap/bin/chromium'], display));
    if (!('browser' in snap)) throw new Error('No browser was found.');
    expect(snap.browser.isSnap).toBe(true);
    expect(profileFolder(snap.browser, '/home/ops/.local/share/holdpoint', '/home/ops')).toMatch(
      /^\/home\/ops\/snap\/chromium\/common\/holdpoint-[0-9a-f]{12}$/,
    );
    expect(profileFolder({ path: '/usr/bin/chromium', isSnap: false }, '/data', '/home/ops')).toBe(
      '/data/window',
    );
  });

  it('gives up its sandbox for root alone', () => {
    expect(windowArguments('http://x', '/p', false)).not.toContain('--no-sandbox');
    expect(windowArguments('http://x', '/p', true)).toContain('--no-sandbox');
    expect(windowArguments('http://x', '/p', false)).toEqual(
      expect.arrayContaining(['--app=http://x', '--user-data-dir=/p', '--no-first-run']),
    );
  });
});

describe('the browser that prints', () => {
  it('needs no display, and where there is none, what to do is said', async () => {
    expect(findInstalled(machine('linux', ['/usr/bin/chromium']))).toMatchObject({
      browser: { path: '/usr/bin/chromium' },
    });
    const none = pdfByBrowser(() => findInstalled(machine('linux', [])));
    const why =
      'No PDF can be made here: no Chromium, Chrome or Edge is installed. Install Chromium, or print report.html from any browser.';
    expect([none.can, none.why]).toEqual([false, why]);
    await expect(none.print('<p>')).rejects.toThrow(why);
  });

  it('that prints nothing is named, with what to do instead', async () => {
    const broken = pdfByBrowser(() => ({ browser: { path: '/bin/false', isSnap: false } }));
    await expect(broken.print('<p>')).rejects.toThrow(/^\/bin\/false printed no PDF: .*Print report.html/);
  });

  it('asks no network', () => {
    const args = printArguments('file:///r.html', '/p', '/r.pdf', false);
    expect(args).toEqual(expect.arrayContaining(['--host-resolver-rules=MAP * ~NOTFOUND', 'file:///r.html']));
  });
});
