import { describe, expect, it } from 'vitest';
import {
  compareScores,
  type DateScores,
  isSteady,
  latenciesOf,
  measureWindows,
  runFor,
  windowShape,
} from '../../../../electron/compute/inference/index.ts';
import { assertRanOn, nodesByProvider } from '../../../../electron/compute/inference/providers.ts';

const codes = Array.from({ length: 50 }, (_, i) => `c${String(i).padStart(2, '0')}`);
const sample = (
  change: (score: number, i: number) => number = (score) => score,
  input = 'i',
): DateScores => ({
  date: '2024-01-02',
  input,
  codes,
  scores: Float32Array.from(codes, (_, i) => change(1 - i / 50, i)),
});

describe('a golden sample', () => {
  it('is met to the last bit by the same scores', () => {
    expect(compareScores([sample()], [sample()], 35)).toMatchObject({
      verdict: 'bit-equal',
      sameInputs: true,
      membership: 'same',
      largestDifference: 0,
      overlapAtK: 1,
    });
  });

  it('is close within tolerance, and says how wide the gap at the last place is', () => {
    const found = compareScores([sample()], [sample((score) => score + 1e-6)], 35);
    expect(found).toMatchObject({ verdict: 'close', membership: 'same' });
    expect(found.gapAtK).toBeCloseTo(0.02, 6);
  });

  it('is met in rank when scores are beyond tolerance and the order is the same', () => {
    // Half of them far apart from the rest, so that the error is smaller than the gap at the last place.
    const apart = (score: number, i: number) => (i < 25 ? score + 10 : score);
    const changed = sample((score, i) => apart(score, i) * 1.01);
    expect(compareScores([sample(apart)], [changed], 25)).toMatchObject({
      verdict: 'rank-equal',
      membership: 'same',
    });
  });

  it('leaves open who is among the first where the gap is smaller than the error', () => {
    const near = (score: number, i: number) => (i === 35 ? 1 - 34 / 50 - 1e-7 : score);
    const found = compareScores([sample(near)], [sample((s, i) => near(s, i) + (i === 35 ? 1e-6 : 0))], 35);
    expect(found).toMatchObject({ verdict: 'close', membership: 'undetermined' });
    expect(found.sentence).toContain('Who is among the first 35 cannot be told');
  });

  it('is not met by another order, by scores that are no numbers, or by other codes', () => {
    const turned = compareScores([sample()], [sample((score) => -score)], 35);
    expect(turned).toMatchObject({ verdict: 'different', rankCorrelation: expect.closeTo(-1, 9) });
    const broken = compareScores([sample()], [sample((score, i) => (i === 3 ? Number.NaN : score))], 35);
    expect(broken).toMatchObject({ verdict: 'different', largestDifference: Number.POSITIVE_INFINITY });
    const others = { ...sample(), codes: codes.map((code) => `${code}x`) };
    expect(compareScores([sample()], [others], 35).sentence).toContain('other codes');
    expect(compareScores([sample()], [], 35).verdict).toBe('different');
  });

  it('says when the windows are other ones', () => {
    expect(compareScores([sample()], [sample((score) => score, 'other')], 35)).toMatchObject({
      sameInputs: false,
      sentence: expect.stringContaining('compare on the same data'),
    });
  });
});

describe('latencies', () => {
  const ramp = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  it('give a percentile only with enough samples to bound it', () => {
    const none = { p50: null, p90: null, p95: null, p99: null };
    expect(latenciesOf(ramp(6)).percentilesMs).toEqual(none);
    expect(latenciesOf(ramp(43)).percentilesMs).toEqual({ ...none, p50: 22 });
    expect(latenciesOf(ramp(89)).percentilesMs).toEqual({ ...none, p50: 45, p90: 81 });
    expect(latenciesOf(ramp(458)).percentilesMs.p99).toBeNull();
    expect(latenciesOf(ramp(459)).percentilesMs).toEqual({ p50: 230, p90: 414, p95: 437, p99: 455 });
  });

  it('are counted between edges that keep their ratio, so that a tail has room', () => {
    const { histogram } = latenciesOf([...Array(99).fill(1), 1000]);
    expect(histogram.counts).toHaveLength(histogram.edges.length - 1);
    expect([histogram.counts[0], histogram.counts.at(-1)]).toEqual([99, 1]);
    expect(histogram.edges[1]).toBeCloseTo(1000 ** (1 / 30), 9);
  });

  it('are steady when the last three windows agree within a tenth, in throughput and in time', () => {
    const window = (runsPerSecond: number, meanMs = 1) => ({ runsPerSecond, meanMs });
    expect(isSteady([window(10), window(10)])).toBe(false);
    expect(isSteady([window(90), window(10), window(10.5), window(11)])).toBe(true);
    expect(isSteady([window(10), window(10.5), window(11.1)])).toBe(false);
    expect(isSteady([window(10), window(10), window(10, 1.2)])).toBe(false);
  });

  it('are taken window by window until three agree with enough runs, or there are ten', async () => {
    const rounds = async (latencies: number[], perWindow: number) => {
      let round = 0;
      return measureWindows(
        async () => {
          const ms = latencies[Math.min(round, latencies.length - 1)] as number;
          round += 1;
          // Two at once.
          const runs = { samplesMs: Array<number>(perWindow).fill(ms), elapsedMs: perWindow * ms };
          return [runs, runs];
        },
        () => {},
      );
    };
    const quick = await rounds([9, 5, 5], 100);
    expect(quick).toMatchObject({ steady: true });
    expect(quick.windows).toHaveLength(4);
    expect(quick.windows[1]).toEqual({ runsPerSecond: 400, meanMs: 5 });
    expect(new Set(quick.samplesMs)).toEqual(new Set([5]));
    // Steady, and too few runs for the last percentile: it goes on.
    expect((await rounds([5], 7)).windows).toHaveLength(10);
    const wild = await rounds([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], 100);
    expect(wild).toMatchObject({ steady: false, windows: { length: 10 }, samplesMs: { length: 2000 } });
  });

  it('of a window are as many as fit, and never fewer than a median needs', async () => {
    let clock = 0;
    const run = async () => {
      clock += 100;
    };
    expect(await runFor(run, 1000, () => clock)).toEqual({ samplesMs: Array(10).fill(100), elapsedMs: 1000 });
    expect((await runFor(run, 1, () => clock)).samplesMs).toHaveLength(7);
  });
});

describe('the shape of a window', () => {
  const input = (shape: (number | string)[], type = 'float32') => [{ name: 'x', type, shape }];
  const facts = (metadata: Record<string, string> = {}) => ({
    bytes: 1,
    irVersion: 8,
    producer: { name: '', version: '' },
    modelVersion: 0,
    opsets: {},
    metadata,
  });
  const hints = { file: 'm.onnx', listed: null, lookback: null, columns: ['a', 'b'] };

  it('comes from the model, then its metadata, then what is said, and never from a guess', () => {
    expect(windowShape(input(['n', 20, 2]), facts({ features: '["b","a"]' }), hints)).toEqual({
      lookback: 20,
      features: ['b', 'a'],
      featuresFrom: 'model',
      fixedBatch: null,
      hasRows: true,
    });
    expect(windowShape(input([8, 't', 2]), facts({ lookback: '5' }), hints)).toMatchObject({
      lookback: 5,
      features: ['a', 'b'],
      featuresFrom: 'data',
      fixedBatch: 8,
    });
    expect(windowShape(input(['', 2]), facts(), { ...hints, listed: ['a', 'b'] })).toMatchObject({
      lookback: 1,
      featuresFrom: 'list',
      hasRows: false,
    });
  });

  it.each([
    [input(['n', 2, 3, 4]), {}, 'It must be codes × rows × features'],
    [[...input(['n', 2]), ...input(['n', 2])], {}, 'has 2 inputs (x, x)'],
    [input(['n', 2], 'int64'), {}, 'takes int64 in "x", and windows are float32'],
    [input(['n', 't', 2]), {}, 'Say it with --lookback NUMBER'],
    [input(['n', 20, 5]), {}, 'does not name its 5 features, and the data has 2 columns of numbers'],
    [input(['n', 20, 5]), { features: 'a,b' }, 'takes 5 features in "x", and its metadata names 2'],
  ])('that cannot be is refused: %#', (inputs, metadata, sentence) => {
    expect(() => windowShape(inputs, facts(metadata as Record<string, string>), hints)).toThrow(sentence);
  });
});

describe('where nodes ran', () => {
  const event = (name: string, provider: string) => ({
    cat: 'Node',
    name: `${name}_kernel_time`,
    args: { provider },
  });

  it('is counted from the profile, and another provider than asked is an error', () => {
    const mixed = nodesByProvider(
      JSON.stringify([
        event('a', 'CPUExecutionProvider'),
        event('a', 'CPUExecutionProvider'),
        event('b', 'WebGpuExecutionProvider'),
        { cat: 'Session', name: 'model_run' },
      ]),
    );
    expect(mixed).toEqual({ CPUExecutionProvider: 1, WebGpuExecutionProvider: 1 });
    expect(() => assertRanOn('webgpu', mixed)).toThrow(
      '1 on CPUExecutionProvider, 1 on WebGpuExecutionProvider',
    );
    expect(() => assertRanOn('cpu', {})).toThrow('none ran');
    expect(() => assertRanOn('cpu', { CPUExecutionProvider: 3 })).not.toThrow();
  });
});
