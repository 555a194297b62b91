import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ForkProgram } from '../../hosts/index.ts';
import { entryUrl } from '../entry-url.ts';
import type { ComputeChild, ComputeMessage } from './protocol.ts';
import type { ComputeFolders } from './serve.ts';

/** The end of what it said on standard error: where it crashed, the reason is there. */
const keptCharacters = 2_000;

/** Starts the compute process as the host starts programs, or else as a child of this Node process. */
export function forkCompute(folders: ComputeFolders, program: ForkProgram | null = null): ComputeChild {
  const entry = fileURLToPath(entryUrl(import.meta.url, '../../compute-process.ts', 'compute-process.js'));
  const args = [folders.folder, folders.scratch, String(folders.cores)];
  return program ? (program(entry, args) as ComputeChild) : forkNode(entry, args);
}

function forkNode(entry: string, args: string[]): ComputeChild {
  const child = fork(entry, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A debugger of this process cannot be that of the child too.
    execArgv: [],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptCharacters);
  });
  return {
    pid: child.pid,
    // A child that is gone is reported by its end.
    post: (message) => void child.send(message, () => {}),
    onMessage: (listener) => child.on('message', (message) => listener(message as ComputeMessage)),
    onEnd(listener) {
      let ended = false;
      const end = (how: string) => {
        if (ended) return;
        ended = true;
        listener(how);
      };
      child.once('error', ({ message }) => end(`could not be started (${message})`));
      child.once('close', (code, signal) => end(endingOf(code, signal, said)));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function endingOf(code: number | null, signal: string | null, said: string): string {
  if (/heap out of memory|bad_alloc|Array buffer allocation failed/.test(said)) return 'ran out of memory';
  const last = said.trim().split('\n').at(-1)?.trim();
  const words = last ? `; its last words were: ${last.slice(0, 200)}` : '';
  if (signal === 'SIGKILL') {
    return `was killed by the system or by hand, most often because memory ran out${words}`;
  }
  return signal ? `was killed by ${signal}${words}` : `ended by itself with code ${code}${words}`;
}
