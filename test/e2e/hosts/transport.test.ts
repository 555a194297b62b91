import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, launchApp } from '../../support/app.ts';
import { fixtureDist } from './fixture/build.ts';

/** The same calls over a WebSocket and over a port: a window cannot tell which host it runs on. */
describe.each(['loopback', 'electron'] as const)('on the %s host', (host) => {
  let app: App;
  beforeAll(async () => {
    app = await launchApp({ host, dist: fixtureDist });
    await app.page.evaluate(() => connected);
  });
  afterAll(async () => {
    await app.close();
  });

  it('a call is answered', async () => {
    expect(await app.page.evaluate(() => fixture.client.add({ a: 2, b: 3 }))).toBe(5);
  });

  it('a date arrives as a date', async () => {
    const later = await app.page.evaluate(async () => {
      const answer = await fixture.client.later({ at: new Date('2026-01-01T00:00:00Z') });
      return [answer instanceof Date, answer.toISOString()];
    });
    expect(later).toEqual([true, '2026-01-01T00:00:01.000Z']);
  });

  it('text of every kind and five million characters arrive as they were sent', async () => {
    const same = await app.page.evaluate(async () => {
      const texts = ['', '\u0000\u2028"\\ \u{1f680}', 'x'.repeat(5_000_000)];
      const echoes = await Promise.all(texts.map((text) => fixture.client.echo(text)));
      return echoes.every((echo, index) => echo === texts[index]);
    });
    expect(same).toBe(true);
  });

  it('bytes arrive, all of them', async () => {
    const size = await app.page.evaluate(() => {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256);
      return fixture.client.size({ file: new Blob([bytes]) });
    });
    expect(size).toBe(300_000);
  });

  it('input that does not fit the contract is refused', async () => {
    const refusal = await app.page.evaluate(() =>
      fixture.client.add({ a: 'two' as never, b: 3 }).catch((error: Error) => error.message),
    );
    expect(refusal).toBe('Input validation failed');
  });

  it('an error reaches the window with its own sentence', async () => {
    const message = await app.page.evaluate(() =>
      fixture.client.fail().catch((error: Error) => error.message),
    );
    expect(message).toBe('The disk of prd-1 is full.');
  });

  it('a stream arrives in order and ends', async () => {
    const numbers = await app.page.evaluate(async () => {
      const all: number[] = [];
      for await (const n of await fixture.client.count({ to: 500 })) all.push(n);
      return all;
    });
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  it('a stream that the window leaves ends in the service too', async () => {
    await app.page.evaluate(async () => {
      for await (const n of await fixture.client.ticks()) if (n === 3) break;
    });
    await expect.poll(() => app.page.evaluate(() => fixture.client.openStreams())).toBe(0);
  });

  it('a hundred calls at once are each answered', async () => {
    const sums = await app.page.evaluate(() =>
      Promise.all(Array.from({ length: 100 }, (_, n) => fixture.client.add({ a: n, b: n }))),
    );
    expect(sums).toEqual(Array.from({ length: 100 }, (_, n) => 2 * n));
  });

  it('nothing was refused by the content security policy and nothing went wrong in the page', () => {
    expect(app.problems).toEqual([]);
  });
});
