import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHeartbeat } from '../../../renderer/app/heartbeat.ts';

const beat = { text: '', everyMs: 10_000, deadAfterMs: 35_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  const socket = new EventTarget() as WebSocket;
  let deaths = 0;
  watchHeartbeat(socket, beat, () => {
    deaths += 1;
  });
  const messages: unknown[] = [];
  socket.addEventListener('message', ({ data }) => messages.push(data));
  return {
    deaths: () => deaths,
    messages,
    hear: (data: string) => socket.dispatchEvent(new MessageEvent('message', { data })),
    close: () => socket.dispatchEvent(new Event('close')),
  };
}

it('a link on which something is heard now and then is alive', () => {
  const link = watched();
  for (let n = 0; n < 60; n += 1) {
    vi.advanceTimersByTime(10_000);
    link.hear(n % 2 ? '' : 'an answer');
  }
  expect(link.deaths()).toBe(0);
});

it('the heartbeat itself does not reach those who read the messages', () => {
  const link = watched();
  for (const data of ['', 'an answer', '']) link.hear(data);
  expect(link.messages).toEqual(['an answer']);
});

it('a link that has been silent too long is dead, once', () => {
  const link = watched();
  vi.advanceTimersByTime(40_000);
  expect(link.deaths(), 'one late look is not enough').toBe(0);
  vi.advanceTimersByTime(600_000);
  expect(link.deaths()).toBe(1);
});

it('after sleep the messages that waited are heard first', () => {
  const link = watched();
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  vi.advanceTimersByTime(10_000);
  link.hear('');
  vi.advanceTimersByTime(60_000 - 25_000);
  expect(link.deaths()).toBe(0);
});

it('a link that was closed does not die again', () => {
  const link = watched();
  link.close();
  vi.advanceTimersByTime(600_000);
  expect(link.deaths()).toBe(0);
});
