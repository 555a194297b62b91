import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ComputeProcess, type ProfileAnswer } from '../../../electron/compute/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { randomPanel } from '../../unit/compute/backtest/panels.ts';

const { dates, codes, close } = randomPanel({ days: 80, codes: 12, seed: 11, missing: 0, sticky: 0.5 });

/** The return of a code between two dates, by their places; empty where one is not there. */
function between(
  code: number,
  from: number,
  to: number,
  how: (ratio: number) => number = (r) => r - 1,
): string {
  if (from < 0 || to >= dates.length) return '';
  const price = (t: number) => close[code * dates.length + t] as number;
  return String(how(price(to) / price(from)));
}

/** A panel with a close and the columns given, each a value by code and date. */
async function profiled(
  columns: Record<string, (code: number, t: number) => string>,
  { features, price = 'close' }: { features?: string[]; price?: string } = {},
): Promise<ProfileAnswer> {
  const folder = temporaryFolder();
  const rows = dates.flatMap((date, t) =>
    codes.map((code, i) =>
      [date, code, close[i * dates.length + t], ...Object.values(columns).map((of) => of(i, t))].join(','),
    ),
  );
  const path = join(folder, 'panel.csv');
  writeFileSync(path, `${['date', 'code', price, ...Object.keys(columns)].join(',')}\n${rows.join('\n')}\n`);
  if (features) writeFileSync(join(folder, 'features.json'), JSON.stringify(features));
  const compute = new ComputeProcess({ folder: temporaryFolder() });
  onTestFinished(() => compute.close());
  const question = { path, keys: {}, features: features ? join(folder, 'features.json') : null };
  return (await compute.ask('profile', question)).answer;
}

const about = ({ findings }: ProfileAnswer, column: string) =>
  findings.filter(({ sentence }) => sentence.startsWith(`${column} `));

describe('the timing of labels in a profile', () => {
  it('a label that is a past return, or that of its own date, is a problem with its horizon and both correlations', async () => {
    const found = await profiled({
      target_5d: (code, t) => between(code, t - 5, t),
      fwd_ret_1: (code, t) => between(code, t - 1, t, Math.log),
      label: (code, t) => between(code, t - 20, t, (ratio) => 3 * ratio + 1),
    });
    expect(about(found, 'target_5d')).toEqual([
      {
        code: 'label-known',
        level: 'problem',
        sentence: expect.stringMatching(
          /^target_5d says label and is known at its date: it equals the return of close over the 5 dates before in 100 % of its rows \(correlation -?0\.\d{3} after its date, 1\.000 before\)\. Take the return that follows the date\.$/,
        ),
      },
    ]);
    expect(about(found, 'fwd_ret_1')[0]?.sentence).toContain(
      'equals the return of close of its own date in 100 %',
    );
    expect(about(found, 'label')[0]?.sentence).toContain(
      'follows the return of close over the 20 dates before',
    );
    expect(found.timing.map(({ column, follows, horizon }) => [column, follows, horizon])).toEqual([
      ['target_5d', 'before', 5],
      ['fwd_ret_1', 'before', 1],
      ['label', 'before', 20],
    ]);
  });

  it('a label that looks ahead is none, also under an uncommon horizon and an adjusted close', async () => {
    const found = await profiled(
      {
        target_7d: (code, t) => between(code, t, t + 7),
        volume: (_, t) => String(t),
        target_date_ok: () => '1',
      },
      { price: 'adj_close' },
    );
    expect(found.timing[0]).toMatchObject({
      column: 'target_7d',
      price: 'adj_close',
      namedHorizon: 7,
      follows: 'after',
      horizon: 7,
      equalShare: 1,
      knownAtEnd: 0,
    });
    expect(found.timing.map(({ column, follows }) => [column, follows])).toContainEqual([
      'target_date_ok',
      'neither',
    ]);
    expect(about(found, 'target_7d')).toEqual([]);
    expect(about(found, 'target_date_ok').map(({ code }) => code)).toEqual([]);
  });

  it('a label of another horizon than its name says, and one that is there where it cannot be, is worth a note', async () => {
    const found = await profiled({
      target_5d: (code, t) => between(code, t, t + 20),
      y_10: (code, t) => between(code, t, t + 10) || '0',
    });
    expect(about(found, 'target_5d').map(({ code, level }) => [code, level])).toEqual([
      ['label-horizon', 'note'],
    ]);
    expect(about(found, 'target_5d')[0]?.sentence).toContain(
      'says 5, and equals the return of close over the 20 dates after',
    );
    expect(about(found, 'y_10')[0]).toMatchObject({ code: 'label-at-end', level: 'note' });
    expect(about(found, 'y_10')[0]?.sentence).toContain(
      'looks 10 dates ahead and is there on 10 of the last 10',
    );
  });

  it('a feature that knows what comes is a problem; a return says which side it is of', async () => {
    const found = await profiled(
      {
        returns_20d: (code, t) => between(code, t - 20, t),
        returns_5d: (code, t) => between(code, t, t + 5),
        ret_prev_1: (code, t) => between(code, t, t + 1),
        target_1: (code, t) => between(code, t, t + 1),
        forward_pe: (code, t) => String(10 + (t % 7) + code),
        target_price: (code, t) => String(100 + (t % 5) + code),
      },
      { features: ['returns_20d', 'returns_5d', 'forward_pe', 'target_price'] },
    );
    expect(found.findings.map(({ code, level, sentence }) => [code, level, sentence.split(' ')[0]])).toEqual(
      expect.arrayContaining([
        ['return-timing', 'note', 'returns_20d'],
        ['feature-ahead', 'problem', 'returns_5d'],
        ['feature-ahead', 'problem', 'ret_prev_1'],
      ]),
    );
    expect(about(found, 'returns_20d')[0]?.sentence).toContain('It may be a feature, and is no label.');
    expect(about(found, 'target_1')).toEqual([]);
    // Only names say so, and names may be about something else.
    expect(about(found, 'forward_pe')).toEqual([]);
    expect(about(found, 'target_price').map(({ code, level }) => [code, level])).toEqual([
      ['feature-ahead', 'note'],
    ]);
  });

  it('data without a close, or without labels, has no timing', async () => {
    const label = { target_5d: (code: number, t: number) => between(code, t - 5, t) };
    expect((await profiled(label, { price: 'vwap' })).timing).toEqual([]);
    expect((await profiled({ retail_share: (_, t) => String(t) })).timing).toEqual([]);
  });
});
