import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ComputeChild,
  ComputeError,
  ComputeProcess,
  DataError,
  forkCompute,
  type JobProgress,
} from '../../../electron/compute/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

const question = (file: string) => ({
  file,
  convention: 'holdpoint' as const,
  riskFree: 0,
  benchmark: 0,
  trials: { trials: 1 },
  rules: [],
});

function returnsFile(values = [0.01, -0.02, 0.03]): string {
  const file = join(temporaryFolder(), 'returns.csv');
  writeFileSync(file, `date,return\n${values.map((value, i) => `2024-01-0${i + 1},${value}`).join('\n')}\n`);
  return file;
}

/** A folder may hold any amount of data. */
function wholeFolder() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'panel.csv'), 'date,code,x\n2024-01-01,a,1\n2024-01-02,a,2\n');
  return { path: folder, keys: {}, features: null };
}

const pack = join(import.meta.dirname, '../../../resources/packs/apex-ranker');
const benchQuestion = {
  ...{ model: join(pack, 'models/ranker.onnx'), data: join(pack, 'data/features.csv'), keys: {} },
  ...{ provider: 'cpu', features: null, lookback: null, dates: 1, batch: 512 },
  ...{ score: null, top: 35, golden: null, bench: true },
};

/** A compute process with the children that it started. */
function started(folder = temporaryFolder()) {
  const children: (ComputeChild & { scratch: string; cores: number })[] = [];
  const compute = new ComputeProcess({
    folder,
    fork(folders) {
      const child = { ...forkCompute(folders), scratch: folders.scratch, cores: folders.cores };
      children.push(child);
      return child;
    },
  });
  onTestFinished(() => compute.close());
  return { compute, children, folder };
}

/** A child that does nothing more and cannot be asked to stop: only a kill ends it. */
function freeze(child: ComputeChild | undefined): void {
  process.kill(child?.pid as number, 'SIGSTOP');
}

const gone = async (pid: number) => {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe('the compute process', () => {
  it('is started by the first job, and works through the queue one after another', async () => {
    const { compute, children } = started();
    expect(children).toHaveLength(0);
    const heard: JobProgress[] = [];
    const answers = await Promise.all([
      compute.ask('metrics', question(returnsFile())),
      compute.ask('metrics', question(returnsFile([0.5, 0.25])), {
        onProgress: (progress) => heard.push(progress),
      }),
    ]);
    expect(answers.map(({ answer }) => answer.periods)).toEqual([3, 2]);
    expect(children).toHaveLength(1);
    expect(heard[0]).toEqual({ state: 'waiting', ahead: 1 });
    expect(heard.at(-1)).toMatchObject({ state: 'running', phase: 'reading the inputs' });
  });

  it('answers the same question from its store and says so, in another process and for the file under another name', async () => {
    const folder = temporaryFolder();
    const file = returnsFile();
    const first = await started(folder).compute.ask('metrics', question(file));
    expect(first.stored).toBeNull();
    const { compute } = started(folder);
    const again = await compute.ask('metrics', question(returnsFile()));
    expect(Date.parse(again.stored as string)).toBeLessThanOrEqual(Date.now());
    expect(again.answer).toEqual(first.answer);
    expect(await compute.ask('metrics', question(file), { fresh: true })).toMatchObject({ stored: null });
    // Another setting, or other bytes, is another question.
    expect(await compute.ask('metrics', { ...question(file), benchmark: 1 })).toMatchObject({ stored: null });
    writeFileSync(file, 'date,return\n2024-01-01,0.1\n2024-01-02,0.1\n');
    const changed = await compute.ask('metrics', question(file));
    expect(changed).toMatchObject({ stored: null, answer: { periods: 2 } });
  });

  it('is killed to cancel what runs, even when it answers to nothing; what waits goes on in a new one', async () => {
    const { compute, children } = started();
    const stop = new AbortController();
    const hung = compute.ask('metrics', question(returnsFile()), { signal: stop.signal });
    freeze(children[0]);
    const next = compute.ask('metrics', question(returnsFile()));
    stop.abort();
    await expect(hung).rejects.toMatchObject({ name: 'ComputeError', code: 'cancelled' });
    expect((await next).answer.periods).toBe(3);
    expect(children).toHaveLength(2);
    await gone(children[0]?.pid as number);
    expect(existsSync(children[0]?.scratch as string)).toBe(false);
  });

  it('forgets a cancelled job that waits, and leaves the one that runs alone', async () => {
    const { compute, children } = started();
    const runs = compute.ask('metrics', question(returnsFile()));
    const stop = new AbortController();
    const waits = compute.ask('metrics', question(returnsFile()), { signal: stop.signal });
    stop.abort();
    await expect(waits).rejects.toMatchObject({ code: 'cancelled' });
    expect((await runs).answer.periods).toBe(3);
    expect(children).toHaveLength(1);
    await expect(
      compute.ask('metrics', question(returnsFile()), { signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not let a light job wait for a heavy one, and cancels each without the other', async () => {
    const { compute, children } = started();
    const stop = new AbortController();
    const heavy = compute.ask('profile', wholeFolder(), { signal: stop.signal });
    freeze(children[0]);
    expect((await compute.ask('metrics', question(returnsFile()))).answer.periods).toBe(3);
    const light = compute.ask('metrics', question(returnsFile([0.1, 0.2])));
    stop.abort();
    await expect(heavy).rejects.toMatchObject({ code: 'cancelled' });
    expect((await light).answer.periods).toBe(2);
    expect(children.map(({ cores }) => cores)).toEqual([availableParallelism(), 1]);
  });

  it('lets a job that measures time run alone', async () => {
    const { compute, children } = started();
    const stop = new AbortController();
    const bench = compute.ask('infer', benchQuestion, { signal: stop.signal });
    freeze(children[0]);
    const heard: JobProgress[] = [];
    const light = compute.ask('metrics', question(returnsFile()), {
      onProgress: (progress) => heard.push(progress),
    });
    expect(heard).toEqual([{ state: 'waiting', ahead: 1 }]);
    expect(children).toHaveLength(1);
    stop.abort();
    await expect(bench).rejects.toMatchObject({ code: 'cancelled' });
    expect((await light).answer.periods).toBe(3);
  });

  it('that crashes is reported in a sentence, and the next job starts it again', async () => {
    const { compute, children } = started();
    const asked = compute.ask('metrics', question(returnsFile()));
    const waits = compute.ask('metrics', question(returnsFile()));
    freeze(children[0]);
    process.kill(children[0]?.pid as number, 'SIGKILL');
    const crash = await asked.catch((error: unknown) => error);
    expect(crash).toBeInstanceOf(ComputeError);
    expect((crash as ComputeError).message).toMatch(
      /^The compute process was killed by the system or by hand, .* in the middle of "metrics"\. Nothing else is touched; ask again/,
    );
    expect((await waits).answer.periods).toBe(3);
    expect(children).toHaveLength(2);
    // Between jobs nobody is told: there is nothing to tell.
    process.kill(children[1]?.pid as number, 'SIGKILL');
    await gone(children[1]?.pid as number);
    expect((await compute.ask('metrics', question(returnsFile()))).answer.periods).toBe(3);
  });

  it('throws the errors of a job as the job threw them, and lives on', async () => {
    const { compute, children } = started();
    const bad = returnsFile([0.1, -2]);
    const error = await compute.ask('metrics', question(bad)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toContain(`${bad}:3: column "return" holds -2`);
    const absent = compute.ask('metrics', question(join(temporaryFolder(), 'none.csv')));
    await expect(absent).rejects.toThrow(/none\.csv does not exist\. Check the path\./);
    expect((await compute.ask('metrics', question(returnsFile()))).answer.periods).toBe(3);
    expect(children).toHaveLength(1);
  });

  it('that is closed ends its child, refuses what is asked, and keeps only answers', async () => {
    const { compute, children, folder } = started();
    await compute.ask('metrics', question(returnsFile()));
    const cut = compute.ask('metrics', question(returnsFile([0.1, 0.2])));
    compute.close();
    await expect(cut).rejects.toMatchObject({ code: 'closed' });
    await gone(children[0]?.pid as number);
    await expect(compute.ask('metrics', question(returnsFile()))).rejects.toMatchObject({ code: 'closed' });
    expect(readdirSync(folder)).toEqual(['answers']);
    expect(readdirSync(join(folder, 'answers'))).toHaveLength(1);
  });
});
