import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FollowerProgram, followToReport, type Past } from '../../../electron/ssh/follow.ts';
import { Semaphore } from '../../../electron/ssh/semaphore.ts';
import {
  type JobLink,
  type RunOptions,
  type Shell,
  SshError,
  type SshErrorCode,
} from '../../../electron/ssh/types.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What one session does: sends lines of the protocol, and then ends in some way or hangs. */
type Session = (
  say: (...lines: (string | Buffer)[]) => void,
  options: RunOptions,
) => Promise<{ exitCode: number; stderr: string }>;

const ended = { exitCode: 0, stderr: '' };
const fails =
  (code: SshErrorCode): Session =>
  async () => {
    throw new SshError(code, 'prd-1', `it is ${code}`);
  };
const hangs: Session = (_say, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

function follow(sessions: Session[], changes: { firstSentAt?: Date } = {}) {
  const pasts: Past[] = [];
  const links: JobLink[] = [];
  let written = 0;
  const program: FollowerProgram = ({ nonce }, past) => {
    pasts.push(past);
    return nonce;
  };
  const shell: Shell = {
    async run(_host, nonce, options = {}) {
      const session = sessions.shift() ?? hangs;
      const say = (...lines: (string | Buffer)[]) => {
        for (const line of lines)
          options.onOutput?.(typeof line === 'string' ? Buffer.from(`${nonce} ${line}\n`) : line);
      };
      return { stdout: '', ...(await session(say, options)) };
    },
  };
  const report = followToReport(
    'prd-1',
    {
      offset: () => written,
      write: (chunk) => {
        written += chunk.length;
      },
    },
    {
      shell,
      program,
      places: new Semaphore(6),
      keepAliveSeconds: 5,
      onLink: (link) => links.push(link),
      ...changes,
    },
  );
  return { report, pasts, links };
}

it('a follower that never began is sent again as one that may have arrived, and never as a start once it was seen', async () => {
  const { report, pasts } = follow([
    fails('unreachable'),
    fails('link-lost'),
    fails('unreachable'),
    async (say) => {
      say('here');
      throw new SshError('link-lost', 'prd-1', 'broke');
    },
    async (say) => {
      say('here', 'end 1 0 0 0 0');
      return ended;
    },
  ]);
  await vi.runAllTimersAsync();
  await expect(report).resolves.toMatchObject({ kind: 'end', seen: true });
  expect(pasts.map(({ seen }) => seen)).toEqual([false, false, false, false, true]);
  expect(pasts.map(({ sentSecondsAgo }) => sentSecondsAgo > 0)).toEqual([false, false, true, true, true]);
});

it('a job that an earlier service sent counts its time from then', async () => {
  const { report, pasts } = follow(
    [
      async (say) => {
        say('restarted');
        return ended;
      },
    ],
    { firstSentAt: new Date(Date.now() - 3_600_000) },
  );
  await expect(report).resolves.toMatchObject({ kind: 'restarted', seen: false });
  expect(pasts[0]?.sentSecondsAgo).toBeGreaterThanOrEqual(3600);
});

it('waits grow to fifteen seconds and begin anew once output has come', async () => {
  const { report, links } = follow([
    ...Array.from({ length: 8 }, () => fails('unreachable')),
    async (say) => {
      say('here', 'out 0 2', Buffer.from('xx'), '.');
      throw new SshError('link-lost', 'prd-1', 'broke');
    },
    async (say) => {
      say('here', 'end 1 0 0 0 0');
      return ended;
    },
  ]);
  await vi.runAllTimersAsync();
  await report;
  expect(links.map((link) => (link.state === 'lost' ? link.nextLookMs : 'connected'))).toEqual([
    250,
    500,
    1000,
    2000,
    4000,
    8000,
    15_000,
    15_000,
    'connected',
    250,
    'connected',
  ]);
});

it('a follower that falls silent is given up and another one sent', async () => {
  const { report, links } = follow([
    async (say, options) => {
      say('here', 'alive');
      return hangs(say, options);
    },
    async (say) => {
      say('here', 'end 1 3 0 0 0');
      return ended;
    },
  ]);
  await vi.runAllTimersAsync();
  await expect(report).resolves.toMatchObject({ kind: 'end', code: 3 });
  expect(links[1]).toMatchObject({ state: 'lost', why: 'prd-1 has said nothing for 20 s.' });
});

it('a host whose shell cannot follow is not tried for ever', async () => {
  const { report } = follow(
    Array.from({ length: 9 }, () => async () => ({ exitCode: 2, stderr: 'sh: dd: not found\n' })),
  );
  const refusal = expect(report).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('sh: dd: not found'),
  });
  await vi.runAllTimersAsync();
  await refusal;
});

it.each(['key-unknown', 'key-changed', 'refused', 'no-ssh', 'not-writable'] as const)(
  '%s is not waited for',
  async (code) => {
    await expect(follow([fails(code)]).report).rejects.toMatchObject({ code });
  },
);

it('garbled output is a lost link', async () => {
  const { report, links } = follow([
    async (say) => {
      say('here', 'nonsense');
      return ended;
    },
    async (say) => {
      say('end 1 0 0 0 0');
      return ended;
    },
  ]);
  await vi.runAllTimersAsync();
  await expect(report).resolves.toMatchObject({ kind: 'end' });
  expect(links.some((link) => link.state === 'lost' && link.why.includes('garbled'))).toBe(true);
});
