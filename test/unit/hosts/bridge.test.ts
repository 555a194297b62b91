import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { connectPeer, offerHost, type Wire } from '../../../electron/hosts/bridge/index.ts';
import { type Host, localHost } from '../../../electron/hosts/index.ts';

type Sums = { add(a: number, b: number): number; fail(): Promise<void>; never(): Promise<void> };

function connected() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const wire = (port: typeof port1): Wire => ({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
  });
  const procedures: Sums = {
    add: (a, b) => a + b,
    fail: async () => {
      throw new Error('The keychain is locked.');
    },
    never: () => new Promise(() => {}),
  };
  connectPeer(wire(port2), procedures);
  return connectPeer<Sums & { unknown(): void }>(wire(port1), {});
}

it('one process asks another and gets the answer, each its own', async () => {
  const peer = connected();
  expect(await Promise.all([peer.call('add', 1, 2), peer.call('add', 3, 4)])).toEqual([3, 7]);
});

it('an error arrives with its sentence; so does a question nobody offers an answer to', async () => {
  const peer = connected();
  await expect(peer.call('fail')).rejects.toThrow('The keychain is locked.');
  await expect(peer.call('unknown')).rejects.toThrow('asked for "unknown"');
});

it('who waits for a process that ends is told so, and so is who asks afterwards', async () => {
  const peer = connected();
  const waiting = peer.call('never');
  peer.end('The service has ended.');
  await expect(waiting).rejects.toThrow('The service has ended.');
  await expect(peer.call('add', 1, 2)).rejects.toThrow('The service has ended.');
});

it('what a dead service kept awake may sleep again', () => {
  let awake = 0;
  const host: Host = {
    ...localHost('headless'),
    awake: {
      can: true,
      why: '',
      hold() {
        awake += 1;
        return () => {
          awake -= 1;
        };
      },
    },
  };
  const { procedures, drop } = offerHost(host, { forkSaid() {}, forkEnded() {} });
  for (const hold of [1, 2, 3]) procedures.holdAwake(hold, 'a run');
  procedures.releaseAwake(2);
  procedures.releaseAwake(2);
  expect(awake).toBe(2);
  drop();
  expect(awake).toBe(0);
});

it('programs that a service has started end with it, and only the next one hears of its own', () => {
  const killed: string[] = [];
  const heard: unknown[] = [];
  const children: { said(message: unknown): void; end(how: string): void }[] = [];
  const host: Host = {
    ...localHost('headless'),
    fork(entry) {
      let said = (_message: unknown) => {};
      let end = (_how: string) => {};
      children.push({ said: (message) => said(message), end: (how) => end(how) });
      return {
        post: (message) => heard.push(['post', entry, message]),
        onMessage: (listener) => {
          said = listener;
        },
        onEnd: (listener) => {
          end = listener;
        },
        kill: () => killed.push(entry),
      };
    },
  };
  const { procedures, drop } = offerHost(host, {
    forkSaid: (id, message) => void heard.push(['said', id, message]),
    forkEnded: (id, how) => void heard.push(['ended', id, how]),
  });
  procedures.fork(1, 'compute.js', []);
  procedures.tellFork(1, 'ask');
  children[0]?.said('answer');
  drop();
  expect(killed).toEqual(['compute.js']);
  children[0]?.end('was killed');
  procedures.fork(1, 'again.js', []);
  children[0]?.said('too late');
  children[1]?.end('ended by itself with code 1');
  procedures.tellFork(1, 'nobody');
  expect(heard).toEqual([
    ['post', 'compute.js', 'ask'],
    ['said', 1, 'answer'],
    ['ended', 1, 'ended by itself with code 1'],
  ]);
});
