import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remainingMs } from '../../../../electron/compute/process/estimate.ts';
import { openAnswerStore } from '../../../../electron/compute/process/store.ts';
import { temporaryFolder } from '../../../support/folder.ts';

const at = '2026-01-02T03:04:05.000Z';

describe('the store of answers', () => {
  it('gives back what was put in, infinities and typed arrays too, after it is opened again', () => {
    const folder = join(temporaryFolder(), 'answers');
    const answer = { worst: Number.NEGATIVE_INFINITY, values: Float64Array.of(1, Number.NaN), none: null };
    expect(openAnswerStore(folder).get('a')).toBeNull();
    openAnswerStore(folder).put('a', { answer, at });
    expect(openAnswerStore(folder).get('a')).toEqual({ answer, at });
  });

  it('takes an answer that is cut off or altered for none', () => {
    const folder = temporaryFolder();
    const store = openAnswerStore(folder);
    store.put('cut', { answer: 'long enough', at });
    truncateSync(join(folder, 'cut'), 40);
    expect(store.get('cut')).toBeNull();
    store.put('altered', { answer: 'long enough', at });
    const bytes = readFileSync(join(folder, 'altered'));
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 1;
    writeFileSync(join(folder, 'altered'), bytes);
    expect(store.get('altered')).toBeNull();
  });

  it('lets the oldest go when there is no more room', () => {
    const folder = temporaryFolder();
    const store = openAnswerStore(folder, 3_000);
    for (const [name, seconds] of [
      ['old', 1],
      ['middle', 2],
    ] as const) {
      store.put(name, { answer: 'x'.repeat(1_000), at });
      utimesSync(join(folder, name), seconds, seconds);
    }
    store.put('new', { answer: 'x'.repeat(1_000), at });
    expect(readdirSync(folder).sort()).toEqual(['middle', 'new']);
    store.put('too much', { answer: 'x'.repeat(4_000), at });
    expect(readdirSync(folder).sort()).toEqual(['middle', 'new']);
  });
});

describe('an estimate', () => {
  it('goes on as it went so far, and is silent at the beginning', () => {
    expect(remainingMs(10_000, 0.25)).toBe(30_000);
    expect(remainingMs(10_000, 1)).toBe(0);
    expect(remainingMs(10_000, 0.001)).toBeNull();
    expect(remainingMs(100, 0.5)).toBeNull();
  });
});
