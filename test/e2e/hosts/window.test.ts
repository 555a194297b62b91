import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, launchApp } from '../../support/app.ts';

/** The app as it is shipped. On both hosts every time, whichever the other end-to-end tests run on. */
describe.each(['loopback', 'electron'] as const)('the window on the %s host', (host) => {
  let app: App;
  beforeAll(async () => {
    app = await launchApp({ host });
  });
  afterAll(async () => {
    await app.close();
  });

  it('opens, and its service answers', async () => {
    expect(await app.page.title()).toContain('Holdpoint');
    await expect.poll(() => app.page.textContent('#root')).not.toBe('');
    await expect
      .poll(() => app.page.evaluate(() => performance.getEntriesByName('holdpoint:connected').length))
      .toBeGreaterThan(0);
  });

  it('opens again where it was when it is reloaded', async () => {
    const origin = new URL(app.page.url()).origin;
    await app.page.goto(`${origin}/checklist`);
    await expect
      .poll(() => app.page.evaluate(() => performance.getEntriesByName('holdpoint:connected').length))
      .toBeGreaterThan(0);
    await app.page.reload();
    expect(new URL(app.page.url()).pathname).toBe('/checklist');
    await expect.poll(() => app.page.textContent('#root')).not.toBe('');
  });

  it('shows dark and light without an error and without a violation of its policy', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await app.page.emulateMedia({ colorScheme });
      await app.page.reload();
      await expect.poll(() => app.page.textContent('#root')).not.toBe('');
    }
    expect(app.problems).toEqual([]);
  });

  it('runs no script and loads nothing but its own files, even when a page is tricked into it', async () => {
    const ran = await app.page.evaluate(async () => {
      const events: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => events.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      const style = document.createElement('div');
      style.setAttribute('style', 'color: red');
      document.body.append(style);
      const image = new Image();
      image.src = 'https://evil.example/pixel.png';
      const frame = document.createElement('iframe');
      frame.src = 'https://evil.example/';
      document.body.append(frame);
      const fetched = await fetch('https://evil.example/').then(
        () => 'fetched',
        () => 'refused',
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { injected: 'injected' in globalThis, fetched, events: [...new Set(events)].sort() };
    });
    expect(ran).toEqual({
      injected: false,
      fetched: 'refused',
      events: ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-attr'],
    });
  });

  it('has nothing of Node or Electron in its page', async () => {
    const found = await app.page.evaluate(() =>
      [
        'require',
        'process',
        'module',
        'Buffer',
        'electron',
        'ipcRenderer',
        '__standIn',
        '__fromStandIn',
      ].filter((name) => name in globalThis),
    );
    expect(found).toEqual([]);
  });
});
