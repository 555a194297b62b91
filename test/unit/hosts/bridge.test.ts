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
  const { procedures, drop } = offerHost(host);
  for (const hold of [1, 2, 3]) procedures.holdAwake(hold, 'a run');
  procedures.releaseAwake(2);
  procedures.releaseAwake(2);
  expect(awake).toBe(2);
  drop();
  expect(awake).toBe(0);
});
