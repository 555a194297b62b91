import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile } from '../../support/folder.ts';
import { passing, ranker, rankerData } from '../../support/inference.ts';

describe('a challenger in the shadow of a champion', () => {
  it('is compared day by day over the same data, and again from the store', async () => {
    const challenger = temporaryFile('challenger.onnx', readFileSync(ranker));
    const args = [
      'shadow',
      '--champion',
      ranker,
      '--data',
      rankerData,
      '--dates',
      '3',
      '--top',
      '5',
      '--json',
    ];
    const run = async (...more: string[]) => {
      const { code, stdout, stderr } = await runCommand([...args, ...more]);
      return { code, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
    };
    const same = await run('--challenger', challenger);
    expect(same).toMatchObject({
      code: 0,
      json: {
        champion: { ranked: '5d', lookback: 20, features: 8, nodes: { CPUExecutionProvider: 3 } },
        challenger: { model: { name: 'challenger.onnx' } },
        days: [{ codes: 60, overlapAtK: 1 }, { rankCorrelation: 1 }, { enter: [], leave: [] }],
        disagreements: [],
        sentence: 'Ranks correlate by 1.000 over 3 days, and 100.0 % of the first 5 are the same.',
      },
    });
    expect((await run('--challenger', challenger)).stderr).toContain('Answered from the store');
    // Another lookback, other features, and another score: what it makes of the last value alone.
    const short = temporaryFile(
      'short.onnx',
      writeOnnx({ ...passing, metadata: { features: '["momentum_5d"]' } }),
    );
    const other = await run('--challenger', short);
    expect(other.json.challenger).toMatchObject({ lookback: 1, features: 1, ranked: 'score' });
    expect(other.json.disagreements.length).toBeGreaterThan(10);
    const [day] = other.json.days;
    expect(day.overlapAtK).toBeCloseTo(1 - day.leave.length / 5, 12);
    expect(day.enter).toHaveLength(day.leave.length);
    expect(await run('--challenger', temporaryFile('m.onnx', 'hello'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('m.onnx is no ONNX model.'),
    });
  });
});
