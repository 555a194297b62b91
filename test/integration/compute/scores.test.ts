import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';
import { inferQuestion, passing, startedCompute } from '../../support/inference.ts';

/** Scores from 0 to 1 of so many dates, and labels that are above 0 as often as the score says. */
function scored(dates: number, codes: number, shift = 0): string {
  const rows = Array.from({ length: dates * codes }, (_, row) => {
    const [day, code] = [Math.floor(row / codes), row % codes];
    const score = (code + 0.5) / codes;
    const isHit = (row * 0.618_033_988_7) % 1 < score;
    return `2024-01-${String(day + 1).padStart(2, '0')},c${code},${score + shift},${isHit ? 0.01 : -0.01}`;
  });
  return temporaryFile('s.csv', `date,code,f,ahead\n${rows.join('\n')}\n`);
}

describe('what scores are worth', () => {
  it('is told from a label: precision beside its base rate by day, reliability, tenths', async () => {
    const { answer } = await startedCompute().ask(
      'infer',
      inferQuestion({
        model: temporaryFile('m.onnx', writeOnnx(passing)),
        data: scored(20, 200),
        dates: 20,
        top: 20,
        label: 'ahead',
      }),
    );
    const { quality, distribution } = answer;
    expect(quality?.dates).toHaveLength(20);
    expect(quality?.dates[0]).toMatchObject({
      date: '2024-01-01',
      scored: 200,
      baseRate: expect.closeTo(0.5, 1),
    });
    // The best tenth has scores about 0.95.
    expect(quality?.figures.precisionAtK?.value).toBeCloseTo(0.95, 1);
    expect(quality?.figures.precisionAtK?.convention.method).toContain('mean over 20 dates');
    expect(quality?.figures.rankInformationCoefficient?.value).toBeGreaterThan(0.4);
    expect(quality?.calibration?.equalWidth.error).toBeLessThan(0.05);
    expect(quality?.bands).toMatchObject({ bands: { length: 10 }, monotonicity: 1 });
    expect(distribution.summary).toMatchObject({ count: 4000, missing: 0, mean: expect.closeTo(0.5, 6) });
    expect(distribution.dates).toHaveLength(20);
    expect(distribution.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(4000);
  });

  it('is held against a recorded sample, date by date: the same scores have not drifted, shifted ones have', async () => {
    const model = temporaryFile('m.onnx', writeOnnx(passing));
    const golden = join(temporaryFolder(), 'usual.json');
    const infer = async (data: string, ...args: string[]) => {
      const { code, stdout } = await runCommand([
        'infer',
        '--model',
        model,
        '--data',
        data,
        '--dates',
        '10',
        '--json',
        ...args,
      ]);
      return { code, json: JSON.parse(stdout) };
    };
    expect((await infer(scored(10, 100), '--record', golden)).code).toBe(0);
    const same = await infer(scored(12, 100), '--reference', golden);
    expect(same).toMatchObject({
      code: 0,
      json: { drift: { drifted: false, sameModel: true, sameScore: true } },
    });
    const moved = await infer(scored(10, 100, 0.4), '--reference', golden);
    expect(moved.code).toBe(1);
    expect(moved.json.drift).toMatchObject({
      drifted: true,
      sentence: expect.stringMatching(/^10 of 10 dates are farther/),
    });
    expect(moved.json.quality).toBeNull();
  });
});
