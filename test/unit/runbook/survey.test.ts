import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastGoodRelease, parseSurvey, type ReleaseRecord } from '../../../electron/runbook/survey.ts';

const record = (changes: Partial<ReleaseRecord>): ReleaseRecord => ({
  release: '0.1.9-a',
  version: '0.1.9',
  sha256: 'd1',
  run: 'r1',
  at: '2026-01-01T00:00:00Z',
  outcome: 'good',
  present: true,
  ...changes,
});
const host = (...releases: ReleaseRecord[]) => ({ current: '', lock: '', releases });

describe('the release to go back to', () => {
  it('is the newest whose run ended well', () => {
    const newer = record({ release: '0.2.0-b', at: '2026-02-01T00:00:00Z' });
    expect(lastGoodRelease([host(record({}), newer)], [])?.release).toBe('0.2.0-b');
    expect(lastGoodRelease([host(record({}), newer)], ['0.2.0-b'])?.release).toBe('0.1.9-a');
  });

  for (const [why, bad] of Object.entries({
    'its run failed': { outcome: 'bad' },
    'its run never ended': { outcome: 'pending' },
    'its folder is gone': { present: false },
  })) {
    it(`is never one when ${why}`, () => {
      expect(lastGoodRelease([host(record(bad))], [])).toBeNull();
    });
  }

  it('is on every host, with the same digest', () => {
    expect(lastGoodRelease([host(record({})), host()], [])).toBeNull();
    expect(lastGoodRelease([host(record({})), host(record({ sha256: 'd2' }))], [])).toBeNull();
    expect(lastGoodRelease([host(record({})), host(record({}))], [])).not.toBeNull();
    expect(lastGoodRelease([], [])).toBeNull();
  });
});

describe('what a host prints of itself', () => {
  it('is read', () => {
    const output = `login banner\nlink /srv/releases/0.1.9-a\nlock run r1, ada\nrecord present ${JSON.stringify({ release: '0.1.9-a', version: '0.1.9', sha256: 'd1', outcome: 'good' })}\n`;
    expect(parseSurvey(output)).toEqual({
      current: '/srv/releases/0.1.9-a',
      lock: 'run r1, ada',
      releases: [
        {
          release: '0.1.9-a',
          version: '0.1.9',
          sha256: 'd1',
          outcome: 'good',
          run: '',
          at: '',
          present: true,
        },
      ],
    });
  });

  it('that makes no sense is no release, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseSurvey(`record present ${text.replaceAll('\n', ' ')}`).releases).toEqual([]);
      }),
    );
    expect(parseSurvey('record present {"release":"../../etc"}').releases).toEqual([]);
  });
});
