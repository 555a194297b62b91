import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random, recordBand } from '../../../electron/compute/statistics/index.ts';
import { mapPaths, pathsOf, shownPath, wholePath } from '../../../electron/compute-desk/asking.ts';
import { type KeptJob, readJobList, writeJobList } from '../../../electron/compute-desk/job-list.ts';
import { itemByLine } from '../../../electron/compute-desk/views/claims.ts';
import { temporaryFolder } from '../../support/folder.ts';

describe('the item of a line', () => {
  it('is the last box before it, unless a heading is between', () => {
    const items = [
      { id: 'a', line: 3 },
      { id: 'b', line: 5 },
      { id: 'c', line: 12 },
    ];
    const at = itemByLine(items, [1, 8]);
    expect([2, 3, 4, 5, 7, 8, 9, 12, 40].map(at)).toEqual([null, 'a', 'a', 'b', 'b', null, null, 'c', 'c']);
  });
});

describe('the band around a record', () => {
  it('holds 95 of 100 records of the same mean and deviation, and widens', () => {
    const random = new Random(7);
    const record = () => {
      let value = 100;
      return Array.from({ length: 60 }, () => (value *= Math.exp(0.001 + 0.02 * random.normal())));
    };
    const long = Array.from({ length: 40_000 }, () => 0.001 + 0.02 * random.normal());
    let value = 1;
    const band = recordBand(
      long.slice(0, 5000).map((step) => (value *= Math.exp(step))),
      1,
    ).slice(0, 60);
    const runs = Array.from({ length: 4000 }, record);
    const inside = runs.filter((run) => {
      const end = (run.at(-1) as number) / 100;
      const { low, high } = band.at(-1) as { low: number; high: number };
      return low <= end && end <= high;
    });
    expect(inside.length / runs.length).toBeGreaterThan(0.93);
    expect(inside.length / runs.length).toBeLessThan(0.97);
    const widths = band.map(({ low, high }) => high - low);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(recordBand([1], 1)).toEqual([]);
  });
});

describe('paths of a question', () => {
  it('are whole inside, and as the pack has them outside; other words stay', () => {
    const question = {
      ...{ kind: 'backtest' as const, panel: 'data/panel.csv', config: '/elsewhere/b.yaml' },
      ...{ compat: 'apex' as const, probes: false },
    };
    const whole = mapPaths(question, (path) => wholePath(path, '/pack'));
    expect(whole).toEqual({ ...question, panel: '/pack/data/panel.csv' });
    expect(pathsOf(whole)).toEqual(['/pack/data/panel.csv', '/elsewhere/b.yaml']);
    expect(mapPaths(whole, (path) => shownPath(path, '/pack'))).toEqual(question);
    expect(shownPath('/package/x', '/pack')).toBe('/package/x');
    expect(() => wholePath('data/panel.csv', null)).toThrow(/none is open\. Give a whole path/);
  });
});

describe('the list of jobs', () => {
  it('that is damaged is empty, and what was under way has ended', () => {
    const file = join(temporaryFolder(), 'jobs.json');
    expect(readJobList(file)).toEqual([]);
    const kept: KeptJob = {
      job: {
        ...{
          id: '1',
          title: 'Drift',
          state: 'running',
          ahead: 0,
          phase: 'reading',
          share: 0.5,
          elapsedMs: 9,
        },
        question: { kind: 'drift', reference: '/a', current: '/b' },
        ...{
          remainingMs: 9,
          askedAt: '2026-11-24T00:00:00Z',
          endedAt: null,
          stored: null,
          problem: '',
          outcome: '',
        },
      },
      ...{ key: null, launch: null, document: null, trials: null },
    };
    writeJobList(file, [kept]);
    expect(readJobList(file)).toMatchObject([
      {
        job: {
          state: 'failed',
          phase: '',
          remainingMs: null,
          problem: expect.stringContaining('Start it again'),
        },
      },
    ]);
    writeFileSync(file, '[{');
    expect(readJobList(file)).toEqual([]);
  });
});
