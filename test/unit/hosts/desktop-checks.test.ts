import { describe, expect, it } from 'vitest';
import { isOwnAddress } from '../../../electron/hosts/electron/address.ts';
import { Crashes } from '../../../electron/hosts/electron/crashes.ts';
import { isTrusted } from '../../../electron/hosts/electron/sender.ts';

describe("the desktop app's own addresses", () => {
  it.each(['holdpoint://app/', 'holdpoint://app/checklist?x=1#y', 'holdpoint://app'])(
    '%s is one',
    (address) => {
      expect(isOwnAddress(address)).toBe(true);
    },
  );

  it.each([
    'holdpoint://app.evil.example/',
    'holdpoint://evil/app',
    'holdpoint://app@evil.example/',
    'holdpoint://user@app/',
    'holdpoint://app:80/',
    'holdpoint:app/',
    'holdpointx://app/',
    'https://app/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    '',
  ])('%s is none', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

describe('the sender of a message to the main process', () => {
  const frame = { parent: null, origin: 'holdpoint://app', url: 'holdpoint://app/' };
  const windows = new Set([7]);

  it('is heard from the top frame of a known window on the app itself', () => {
    expect(isTrusted({ sender: { id: 7 }, senderFrame: frame }, windows)).toBe(true);
  });

  it.each([
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
    ['a frame inside the page', { sender: { id: 7 }, senderFrame: { ...frame, parent: frame } }],
    ['another origin', { sender: { id: 7 }, senderFrame: { ...frame, origin: 'https://evil.example' } }],
    ['another address', { sender: { id: 7 }, senderFrame: { ...frame, url: 'holdpoint://evil/' } }],
    ['an unknown window', { sender: { id: 8 }, senderFrame: frame }],
  ])('is not heard from %s', (_who, sender) => {
    expect(isTrusted(sender, windows)).toBe(false);
  });
});

describe('crashes of a process', () => {
  it('are too many when the third comes within a minute of the first', () => {
    let now = 0;
    const crashes = new Crashes(() => now);
    const at = (ms: number) => {
      now = ms;
      return crashes.isTooMany();
    };
    expect([at(0), at(30_000), at(61_000), at(62_000)]).toEqual([false, false, false, true]);
    crashes.forget();
    expect(at(63_000)).toBe(false);
  });
});
