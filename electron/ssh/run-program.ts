import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type FramedProgram, MarkedStream } from './program.ts';
import type { RunOptions } from './types.ts';

/** The process that carries a program to its shell: the shell itself on this machine, else ssh. */
export type Carrier = ChildProcessByStdio<Writable, Readable, Readable>;

export interface CarryOptions extends Pick<RunOptions, 'stdin' | 'onOutput' | 'signal'> {
  onBegin?: () => void;
}

export interface ProgramRun {
  /** Whether the begin mark arrived. Without it nothing is known of the program. */
  begun: boolean;
  /** Null without an end mark: the link broke, or the shell was killed. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** What the login and ssh itself printed before the program did. */
  noise: string;
  /** Exit code of the carrier, where it has ended. */
  carrierCode: number | null;
}

/** How long a carrier may outlive the program it carried, held open by what that left running. */
const lingerMs = 2000;

/**
 * Sends a framed program through a carrier. Resolves as soon as both end marks are there, or when the carrier has
 * ended without them. Rejects when the carrier cannot be started, when the payload cannot be read, when `onOutput`
 * throws, and with the signal's reason; the carrier is then killed.
 */
export function runProgram(
  carrier: Carrier,
  framed: FramedProgram,
  { stdin, onOutput, signal, onBegin }: CarryOptions,
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    const stdout = new MarkedStream(framed, onOutput ?? ((chunk) => out.push(chunk)));
    const stderr = new MarkedStream(framed, (chunk) => err.push(chunk));
    let settled = false;

    const settle = () => {
      settled = true;
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: unknown) => {
      carrier.kill('SIGKILL');
      settle();
      reject(error);
    };
    const abort = () => fail(signal?.reason);
    const finish = (carrierCode: number | null) => {
      settle();
      const status = Number(/^ (\d+)\n/.exec(stdout.rest)?.[1] ?? Number.NaN);
      resolve({
        begun: stdout.begun,
        // ksh gives 256 and the number for a signal, all others 128.
        exitCode: Number.isNaN(status) ? null : status > 255 ? status - 128 : status,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
        noise: `${stderr.noise}${stdout.noise}`,
        carrierCode,
      });
    };
    const read = (stream: MarkedStream) => (chunk: Buffer) => {
      if (settled) return;
      try {
        const hadBegun = stdout.begun;
        stream.push(chunk);
        if (stdout.begun && !hadBegun) {
          onBegin?.();
          if (stdin) sendPayload(carrier.stdin, stdin).catch(fail);
        }
      } catch (error) {
        fail(error);
        return;
      }
      if (!stdout.rest.includes('\n') || !stderr.ended) return;
      finish(null);
      const timer = setTimeout(() => carrier.kill('SIGKILL'), lingerMs);
      carrier.once('close', () => clearTimeout(timer));
    };

    carrier.on('error', fail);
    carrier.on('close', finish);
    carrier.stdout.on('data', read(stdout));
    carrier.stderr.on('data', read(stderr));
    // A far side that stops reading shows by the missing end mark.
    carrier.stdin.on('error', () => {});
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    carrier.stdin.write(framed.input);
    if (!stdin) carrier.stdin.end();
  });
}

async function sendPayload(sink: Writable, payload: Buffer | AsyncIterable<Buffer>): Promise<void> {
  const chunks = Buffer.isBuffer(payload) ? [payload] : payload;
  for await (const chunk of chunks) {
    if (sink.destroyed) return;
    if (!sink.write(chunk)) await drainedOrClosed(sink);
  }
  sink.end();
}

function drainedOrClosed(sink: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      sink.off('drain', done);
      sink.off('close', done);
      resolve();
    };
    sink.on('drain', done);
    sink.on('close', done);
  });
}
