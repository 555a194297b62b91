import { utilityProcess } from 'electron';
import type { ForkedProcess } from '../host.ts';

/** The end of what it said on standard error: where it crashed, the reason is there. */
const keptCharacters = 2_000;

/** A utility process that does not say goodbye: it is killed as soon as nobody wants it any more. */
export function forkUtility(entry: string, args: readonly string[]): ForkedProcess {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: 'Holdpoint compute',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(-keptCharacters);
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onEnd: (listener) =>
      child.once('exit', (code) => {
        const last = said.trim().split('\n').at(-1)?.trim();
        listener(
          `ended by itself with code ${code}${last ? `; its last words were: ${last.slice(0, 200)}` : ''}`,
        );
      }),
    kill() {
      const { pid } = child;
      child.kill();
      // That asks, and native code in the middle of its work does not hear it.
      if (pid !== undefined) killNow(pid);
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone already.
  }
}
