import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PointResult } from '../../../../electron/compute/sweep/index.ts';
import { reach } from '../../../../electron/compute/sweep/stop.ts';
import { readResult, writeResult } from '../../../../electron/compute/sweep/store.ts';
import { temporaryFolder } from '../../../support/folder.ts';

const result = (sharpe: number | null): PointResult => ({
  digest: `digest ${sharpe}`,
  figures:
    sharpe === null
      ? null
      : {
          sharpe,
          totalReturn: 0.1,
          annualisedReturn: 0.1,
          maxDrawdown: 0.2,
          turnover: 0.3,
          costShare: 0.01,
          finalValue: 1.1,
          sample: { sharpe: sharpe / 16, periods: 100, skewness: 0, kurtosis: 3 },
        },
  series: null,
  problem: sharpe === null ? 'cannot be' : null,
});

describe('the rule that ends a sweep', () => {
  const all = [0.5, 0.52, 0.9, null, 0.95, 0.8, 0.91, 2].map(result);

  it('counts points in a row that do not raise the best by enough; what has no figures does not count', () => {
    expect(reach(all, { after: 3, gain: 0.1 })).toEqual({ points: 7, ended: true });
    expect(reach(all, { after: 4, gain: 0.1 })).toEqual({ points: 8, ended: false });
    expect(reach(all, { after: 1, gain: 0.1 })).toEqual({ points: 2, ended: true });
    expect(reach(all, null)).toEqual({ points: 8, ended: false });
  });

  it('waits for a point that is not there yet, whatever is known beyond it', () => {
    const holed = all.with(1, undefined as unknown as PointResult);
    expect(reach(holed, { after: 1, gain: 0.1 })).toEqual({ points: 1, ended: false });
  });
});

describe('results in a folder', () => {
  it('are read as they were written, and leave nothing else behind', () => {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet');
    const written = result(1 / 3);
    writeResult(folder, written);
    writeResult(folder, written);
    expect(readResult(folder, written.digest)).toEqual(written);
    expect(readResult(folder, 'another')).toBeNull();
    expect(readdirSync(folder)).toEqual([`${written.digest}.json`]);
  });

  it('that were cut off or changed are not believed', () => {
    const folder = temporaryFolder();
    const written = result(1);
    writeResult(folder, written);
    const file = join(folder, `${written.digest}.json`);
    const text = readFileSync(file, 'utf8');
    for (const spoilt of ['', text.slice(0, 80), text.replace('0.2', '0.1')]) {
      writeFileSync(file, spoilt);
      expect(readResult(folder, written.digest)).toBeNull();
    }
  });
});
