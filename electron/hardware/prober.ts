import type { MachineFacts } from '../../shared/contract/hardware.ts';
import { parseProbe } from './parse-probe.ts';
import { probeProgram } from './probe-program.ts';

/** Runs a POSIX shell program on a host, as the SSH driver does. Rejects when the host cannot be reached. */
export type RunOnHost = (
  host: string,
  program: string,
  options: { onOutput: (chunk: Buffer) => void; timeoutMs: number; signal?: AbortSignal },
) => Promise<unknown>;

export interface ProberOptions {
  run: RunOnHost;
  /** Milliseconds since 1970 by this machine's clock. */
  now?: () => number;
  /** After this the facts that have come by then are all there are. Longer than anything in the probe may take. */
  timeoutMs?: number;
}

export interface Prober {
  /**
   * What the host is, not older than `maxAgeMs`, by one round trip. Questions at the same time share it.
   * @throws what `run` throws, and HardwareError `no-answer`
   */
  probe(host: string, options?: { maxAgeMs?: number; signal?: AbortSignal }): Promise<MachineFacts>;
  /** The facts last learnt, however old; null before. */
  latest(host: string): MachineFacts | null;
}

/** A host that prints more than this is not answering a probe. */
const mostBytes = 2 ** 20;

export function createProber({ run, now = Date.now, timeoutMs = 28_000 }: ProberOptions): Prober {
  const known = new Map<string, { facts: MachineFacts; learntAt: number }>();
  const asking = new Map<string, Promise<MachineFacts>>();

  async function ask(host: string, signal?: AbortSignal): Promise<MachineFacts> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onOutput = (chunk: Buffer) => {
      if (bytes < mostBytes) chunks.push(chunk);
      bytes += chunk.length;
    };
    const output = () => Buffer.concat(chunks).toString('utf8');
    const sentAt = now();
    try {
      await run(host, probeProgram(), { onOutput, timeoutMs, signal });
    } catch (error) {
      // A dead mount or driver hangs the last facts, not the first: what has come by then is worth having.
      if (!isTimeout(error) || !output().includes('@@ probe')) throw error;
    }
    const receivedAt = now();
    const facts = parseProbe(host, output(), sentAt, receivedAt);
    known.set(host, { facts, learntAt: receivedAt });
    return facts;
  }

  return {
    latest: (host) => known.get(host)?.facts ?? null,
    probe(host, { maxAgeMs = 0, signal } = {}) {
      const last = known.get(host);
      if (last && now() - last.learntAt < maxAgeMs) return Promise.resolve(last.facts);
      const pending = asking.get(host);
      if (pending) return pending;
      const answer = ask(host, signal).finally(() => asking.delete(host));
      asking.set(host, answer);
      return answer;
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'timeout';
}
