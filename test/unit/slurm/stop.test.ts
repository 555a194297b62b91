import { describe, expect, it } from 'vitest';
import type { SweepJob } from '../../../electron/compute/index.ts';
import { slurmExecutor } from '../../../electron/slurm/index.ts';
import { type Ran, SshError } from '../../../electron/ssh/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { randomPanel } from '../compute/backtest/panels.ts';

const name = `holdpoint-${'a'.repeat(32)}`;
const said = (stdout = ''): Ran => ({ exitCode: 0, stdout, stderr: '' });

function job(): SweepJob {
  const point = { digest: 'b'.repeat(64), place: 0, settings: {}, config: {}, periodsPerYear: 252 };
  return {
    sweep: 'a'.repeat(64),
    panel: randomPanel({ days: 3, codes: 2, seed: 1, missing: 0, sticky: 0.5 }),
    points: [point as unknown as SweepJob['points'][number]],
    folder: temporaryFolder(),
    signal: new AbortController().signal,
    onWritten: () => {},
  };
}

/** A host that answers by what the program does there. */
function following(answer: (does: 'look' | 'cancel' | 'submit' | 'other', stop: AbortController) => Ran) {
  const stop = new AbortController();
  const run = async (_host: string, text: string): Promise<Ran> => {
    if (text.includes('scancel')) return answer('cancel', stop);
    if (text.includes('--parsable')) return answer('submit', stop);
    return answer(text.includes('echo "result') ? 'look' : 'other', stop);
  };
  return slurmExecutor({ run, reset: async () => {} }, { host: 'login', stop: stop.signal }).run(job());
}

describe('a sweep on a cluster that is to end', () => {
  it('says what was ended there, and by which name the rest can be where the host is not reached', async () => {
    const queue = 'task 3 12 PENDING\n';
    await expect(
      following((does, stop) => {
        if (does === 'look') stop.abort();
        return said(queue);
      }),
    ).rejects.toMatchObject({
      code: 'stopped',
      message:
        'Ended on login: tasks 3 pending of job 12. 0 of 1 point came from there. Start the sweep again to go on with it.',
    });
    await expect(
      following((does, stop) => {
        if (does === 'look') stop.abort();
        if (does === 'cancel') throw new SshError('link-lost', 'login', 'The connection to login broke.');
        return said(queue);
      }),
    ).rejects.toMatchObject({
      code: 'left',
      message: `The jobs of this sweep could not be ended: The connection to login broke. What waits or runs on login goes on. End it there with "scancel -n ${name}", or start the sweep again and cancel it.`,
    });
  });

  it('submits nothing any more where files were still on their way', async () => {
    const does: string[] = [];
    await expect(
      following((what, stop) => {
        does.push(what);
        if (what === 'other') {
          stop.abort();
          throw stop.signal.reason;
        }
        return said();
      }),
    ).rejects.toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('Nothing waited or ran on login.'),
    });
    expect(does).toEqual(['look', 'other', 'look', 'cancel']);
  });
});
