import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeHere } from '../../../electron/compute/index.ts';
import { sampleFiles } from '../../../scripts/support/sample-files.ts';
import { parseRules } from '../../../shared/rule/index.ts';
import { inferQuestion, startedCompute } from '../../support/inference.ts';

const root = join(import.meta.dirname, '../../..');
const data = join(root, 'resources/packs/apex-ranker/data');

describe('the data that the worked pack brings along', () => {
  it('is what its script makes, to the byte', () => {
    for (const [path, content] of Object.entries(sampleFiles())) {
      expect(readFileSync(join(root, path)).equals(Buffer.from(content)), path).toBe(true);
    }
  });

  it('shows a claim that its record cannot prove, and how many years it would take', async () => {
    const { metrics, verdicts } = await computeHere.metrics({
      file: join(data, 'returns.csv'),
      convention: 'holdpoint',
      riskFree: 0,
      benchmark: 0,
      trials: { trials: 1 },
      rules: parseRules('Sharpe ratio > 0.75'),
    });
    expect(metrics.sharpe.value).toBeCloseTo(0.933, 3);
    expect(verdicts[0]).toMatchObject({ verdict: 'unproven' });
    expect(verdicts[0]?.periodsNeeded).toBeGreaterThan(15_000);
    expect(verdicts[0]?.sentence).toContain('years');
  });

  it('has a ranker that foresees a little of what followed, in scores that can be read as probabilities', async () => {
    const compute = startedCompute();
    const label = 'forward_return_5d';
    const { answer } = await compute.ask('infer', inferQuestion({ dates: 20, label }));
    const [low] = answer.quality?.figures.rankInformationCoefficient?.interval ?? [];
    expect(low).toBeGreaterThan(0);
    expect(answer.quality?.figures.rankInformationCoefficient?.value).toBeLessThan(0.3);
    expect(answer.quality?.dates.map(({ scored }) => scored)).toEqual(Array(20).fill(60));
    expect(answer.quality?.calibration?.equalWidth.bins.length).toBeGreaterThan(3);
  });

  it('runs by our rules, and by the rules of the engine it is named after', async () => {
    const panel = join(data, 'panel.csv');
    const ours = await computeHere.backtest({ panel, config: join(data, 'backtest.yaml'), compat: null });
    expect(ours.verdicts.map(({ verdict }) => verdict)).toEqual(['unproven', 'pass']);
    expect(ours.metrics.precisionAtK?.interval).toBeDefined();
    expect(ours.rebalances.every(({ names }) => names === 35)).toBe(true);
    const theirs = await computeHere.backtest({ panel, config: join(data, 'apex.yaml'), compat: 'apex' });
    expect(theirs.verdicts.filter(({ figure }) => figure === 'constraints').length).toBeGreaterThan(3);
    const again = await computeHere.backtest({ panel, config: join(data, 'apex.yaml'), compat: 'apex' });
    expect(again).toEqual(theirs);
  });
});
