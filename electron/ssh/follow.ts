import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Following } from './job-programs.ts';
import { type JobReport, JobStream, JobStreamError } from './job-stream.ts';
import type { Semaphore } from './semaphore.ts';
import {
  type FollowOptions,
  type JobOutput,
  type Shell,
  type Ssh,
  SshError,
  type SshErrorCode,
} from './types.ts';

/** What the program for the next session has to know of those before it. */
export interface Past {
  /** A follower has seen the job's folder: the job must never be started again. */
  seen: boolean;
  /** For how long the job may have been on the host already; 0 when nothing was sent yet. */
  sentSecondsAgo: number;
}

export interface FollowToReportOptions extends FollowOptions {
  shell: Shell;
  /** Lets as many followers onto the host as leave sessions free to cancel them. */
  places: Semaphore;
  /** Sessions go over these; a change in them ends a wait for the next look. */
  connections?: Pick<Ssh, 'connect' | 'onChange'>;
  keepAliveSeconds: number;
  program: FollowerProgram;
}

/** The text of the next follower. */
export type FollowerProgram = (following: Following, past: Past) => string;

/** Waiting does not mend these. */
const lasting: readonly SshErrorCode[] = ['key-unknown', 'key-changed', 'refused', 'no-ssh', 'not-writable'];
const [firstWaitMs, longestWaitMs] = [250, 15_000];
/** What a program may be older than it says when it arrives, its wait for a session included. */
const marginSeconds = 15;
/** Followers that achieve nothing, one after the other, before the host is held unable to run any. */
const uselessFollowers = 3;
/** A wait that something ends early has lasted at least this long. */
const shortestWaitMs = 1000;

/**
 * Sends followers to a host, a new one whenever the link is lost, until one reports how it ends.
 * @throws SshError for what waiting cannot mend; the signal's reason; what `output.write` throws
 */
export async function followToReport(
  host: string,
  output: JobOutput,
  options: FollowToReportOptions,
): Promise<JobReport & { seen: boolean }> {
  const { connections, signal, onLink, keepAliveSeconds } = options;
  let sentAt = options.firstSentAt?.getTime() ?? null;
  let [seen, failures, useless] = [false, 0, 0];
  const onHere = () => {
    seen = true;
    onLink?.({ state: 'connected' });
  };
  for (;;) {
    const leave = await options.places.enter(signal);
    const [attemptedAt, offset] = [Date.now(), output.offset()];
    let why: string;
    try {
      if (sentAt !== null) await connections?.connect(host);
      const sentSecondsAgo = sentAt === null ? 0 : Math.ceil((Date.now() - sentAt) / 1000) + marginSeconds;
      const { report, words } = await sendFollower(host, output, options, { seen, sentSecondsAgo }, onHere);
      if (report) return { ...report, seen };
      useless += 1;
      why = `${host} could not follow the job: ${words}.`;
    } catch (error) {
      const isLinkTrouble = error instanceof SshError && !lasting.includes(error.code);
      const isGarbled = error instanceof JobStreamError;
      if (!isLinkTrouble && !isGarbled) throw error;
      if (isGarbled) useless += 1;
      why = isGarbled
        ? `The connection to ${host} garbled what it carried: ${error.message}.`
        : error.message;
      // Where no session came about nothing was sent.
      if (isGarbled || error.code !== 'unreachable') sentAt ??= attemptedAt;
    } finally {
      leave();
    }
    const wasUseful = output.offset() > offset || Date.now() - attemptedAt > keepAliveSeconds * 1000;
    if (seen && wasUseful) [failures, useless] = [0, 0];
    if (useless >= uselessFollowers) throw new SshError('refused', host, why);
    const nextLookMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
    failures += 1;
    onLink?.({ state: 'lost', why, nextLookMs });
    await pause(nextLookMs, signal, connections);
  }
}

/** How often a follower is told to look: often at first, because most steps are short, and seldom where all is quiet. */
const [firstLookMs, laterLookMs, quietLookMs] = [50, 250, 1000];
const [firstLooks, quietAfterMs] = [20, 30_000];

interface Followed {
  /** Null where the follower ended without one. */
  report: JobReport | null;
  /** What it said instead. */
  words: string;
}

/** Runs one follower in one session. It is given up when it falls silent for four of its keep-alives. */
function sendFollower(
  host: string,
  output: JobOutput,
  { shell, signal, keepAliveSeconds, program }: FollowToReportOptions,
  past: Past,
  onHere: () => void,
): Promise<Followed> {
  return new Promise((resolve, reject) => {
    const nonce = randomBytes(8).toString('hex');
    const offset = output.offset();
    const stream = new JobStream({ nonce, offset, write: (chunk) => output.write(chunk), onHere });
    const [silent, over] = [new AbortController(), new AbortController()];
    const silenceMs = keepAliveSeconds * 4000;
    let timer: NodeJS.Timeout | undefined;
    const giveUp = () =>
      silent.abort(new SshError('link-lost', host, `${host} has said nothing for ${silenceMs / 1000} s.`));

    shell
      .run(host, program({ nonce, offset, keepAliveSeconds }, past), {
        signal: signal ? AbortSignal.any([signal, silent.signal]) : silent.signal,
        stdin: looks(over.signal, () => output.offset()),
        onOutput(chunk) {
          clearTimeout(timer);
          timer = setTimeout(giveUp, silenceMs);
          stream.push(chunk);
          if (!stream.report) return;
          // The session still has to close, which nobody needs to wait for.
          over.abort();
          resolve({ report: stream.report, words: '' });
        },
      })
      .then(({ exitCode, stderr }) => {
        const words = stderr.trim().split('\n').at(-1) || `it ended with ${exitCode ?? 'a signal'}`;
        resolve({ report: stream.report, words });
      }, reject)
      .finally(() => {
        over.abort();
        clearTimeout(timer);
      });
  });
}

async function* looks(over: AbortSignal, offset: () => number): AsyncGenerator<Buffer> {
  let [known, newsAt] = [offset(), Date.now()];
  for (let look = 0; !over.aborted; look += 1) {
    const isQuiet = Date.now() - newsAt > quietAfterMs;
    const waitMs = look < firstLooks ? firstLookMs : isQuiet ? quietLookMs : laterLookMs;
    await sleep(waitMs, undefined, { signal: over }).catch(() => {});
    yield Buffer.from('\n');
    if (offset() > known) [known, newsAt] = [offset(), Date.now()];
  }
}

/**
 * Waits, at most until a connection comes or goes: after sleep, or when the network is back, all are tried at once. Not
 * much sooner than asked, because two jobs on a host that drops every connection would wake each other for ever.
 */
function pause(
  ms: number,
  signal: AbortSignal | undefined,
  connections?: Pick<Ssh, 'onChange'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const done = (action: () => void) => () => {
      clearTimeout(timer);
      stopListening?.();
      signal?.removeEventListener('abort', giveUp);
      action();
    };
    const giveUp = done(() => reject(signal?.reason));
    const goOn = done(resolve);
    let timer = setTimeout(goOn, ms);
    const stopListening = connections?.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(goOn, Math.min(ms, shortestWaitMs) - (Date.now() - startedAt));
    });
    signal?.addEventListener('abort', giveUp);
  });
}
