import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile } from '../../support/folder.ts';
import { passing, ranker, rankerData, startedCompute } from '../../support/inference.ts';

describe('a challenger in the shadow of a champion', () => {
  it('is compared day by day over the same data, with its own windows and its own score', async () => {
    const compute = startedCompute();
    const question = {
      data: rankerData,
      keys: {},
      provider: 'cpu',
      features: null,
      lookback: null,
      score: null,
    };
    const ask = async (challenger: string) => {
      const asked = { ...question, champion: ranker, challenger, dates: 3, batch: 512, top: 5 };
      return (await compute.ask('shadow', asked)).answer;
    };
    const same = await ask(temporaryFile('challenger.onnx', readFileSync(ranker)));
    expect(same).toMatchObject({
      champion: { ranked: '5d', lookback: 20, features: 8, nodes: { CPUExecutionProvider: 4 } },
      challenger: { model: { name: 'challenger.onnx' } },
      days: [{ codes: 60, overlapAtK: 1 }, { rankCorrelation: 1 }, { enter: [], leave: [] }],
      disagreements: [],
      sentence: 'Ranks correlate by 1.000 over 3 days, and 100.0 % of the first 5 are the same.',
    });
    // Another lookback, other features, another score: one value of the last row.
    const metadata = { features: '["momentum_5d"]' };
    const other = await ask(temporaryFile('short.onnx', writeOnnx({ ...passing, metadata })));
    expect(other.challenger).toMatchObject({ lookback: 1, features: 1, ranked: 'score' });
    expect(other.disagreements.length).toBeGreaterThan(10);
    for (const day of other.days) {
      expect(day.overlapAtK).toBeCloseTo(1 - day.leave.length / 5, 12);
      expect(day.enter).toHaveLength(day.leave.length);
      expect(day.rankCorrelation).toBeLessThan(0.99);
    }
    await expect(ask(temporaryFile('m.onnx', 'hello'))).rejects.toThrow('m.onnx is no ONNX model.');
  });

  it('is asked for on the command line', async () => {
    const models = ['--champion', ranker, '--challenger', ranker];
    const { code, stdout } = await runCommand(['shadow', ...models, '--data', rankerData, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      days: { length: 20 },
      k: 35,
      figures: { overlapAtK: { value: 1 } },
    });
  });
});
