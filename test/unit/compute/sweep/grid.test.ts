import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { combinations, parseGrid } from '../../../../electron/compute/sweep/grid.ts';
import { pointsOf } from '../../../../electron/compute/sweep/points.ts';
import { temporaryFolder } from '../../../support/folder.ts';

const grid = (...lines: string[]) => parseGrid(`${lines.join('\n')}\n`, 'grid.yaml');
const refusal = (...lines: string[]) => {
  try {
    grid(...lines);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a grid', () => {
  it('gives every combination, the last setting changing fastest', () => {
    const { axes, stop } = grid(
      'grid:',
      '  top_k: [10, 20]',
      '  rebalance: [weekly, 3]',
      'stop: {after: 5, gain: 0.1}',
    );
    expect(combinations(axes)).toEqual([
      { top_k: 10, rebalance: 'weekly' },
      { top_k: 10, rebalance: 3 },
      { top_k: 20, rebalance: 'weekly' },
      { top_k: 20, rebalance: 3 },
    ]);
    expect(stop).toEqual({ after: 5, gain: 0.1 });
    expect(parseGrid('{"grid": {"top_k": [1]}}', 'grid.json').stop).toBeNull();
  });

  it('that is none is refused with file, line and what to write', () => {
    expect(refusal('top_k: [1]')).toBe(
      'grid.yaml:1: "top_k" is no part of a grid file. There are: grid, stop.\n' +
        'grid.yaml:1: There is no grid. Write "grid:" and under it a key and its values a line, such as top_k: [20, 35, 50].',
    );
    expect(refusal('# nothing')).toContain('grid.yaml:1: There is no grid.');
    expect(refusal('grid:', '  top_k: [1')).toMatch(/^grid\.yaml:\d+:\d+: /);
    expect(refusal('', 'grid: 5')).toContain('grid.yaml:2: "grid" holds no settings.');
  });

  it('names every mistake at once, each by its line', () => {
    const text = refusal(
      'grid:',
      '  top_k: [20, 35, 20]',
      '  lag: 3',
      '  rules: [Sharpe ratio > 1]',
      'stop: { after: 0 }',
    );
    expect(text.split('\n')).toEqual([
      'grid.yaml:2: "top_k" has 20 twice. Keep one.',
      'grid.yaml:3: "lag" needs a list of values, such as lag: [20, 35].',
      'grid.yaml:4: "rules" is not a rule of the run. Set it in the configuration file, for all points.',
      'grid.yaml:5: "after" is a whole number of points of 1 or more, not 0.',
    ]);
  });

  it('of more points than anybody looks at is refused', () => {
    const values = Array.from({ length: 200 }, (_, i) => i + 1).join(', ');
    expect(refusal('grid:', `  top_k: [${values}]`, `  lag: [${values}]`)).toContain(
      'The grid has 40000 points; 20000 are the most.',
    );
  });
});

describe('the points of a grid', () => {
  const points = (config: string, lines: string[], panel = 'a panel') => {
    const file = join(temporaryFolder(), 'config.yaml');
    writeFileSync(file, config);
    return pointsOf(file, grid(...lines), [panel]);
  };

  it('take what the grid sets over what the configuration file says', async () => {
    const found = await points('top_k: 5\nlag: 1\n', ['grid:', '  top_k: [10, 20]']);
    expect(found.map(({ config }) => [config.strategy.topK, config.lag])).toEqual([
      [10, 1],
      [20, 1],
    ]);
  });

  it('are known by panel and configuration, however the configuration is written', async () => {
    const digests = async (config: string, line: string, panel?: string) =>
      (await points(config, ['grid:', line], panel)).map(({ digest }) => digest);
    const [ten, twenty] = await digests('lag: 0\n', '  top_k: [10, 20]');
    expect(ten).not.toBe(twenty);
    expect(await digests('top_k: 10\n', '  lag: [0]')).toEqual([ten]);
    expect(await digests('top_k: 10\n', '  lag: [0]', 'another panel')).not.toEqual([ten]);
  });

  it('with a value that no configuration may have are refused by its line in the grid', async () => {
    const lines = ['grid:', '  top_k: [10, many]', '  top: [1]', '  min_weight:', '    - 0.01', '    - 2'];
    const refused = points('top_k: 5\n', lines);
    await expect(refused).rejects.toThrow(/^grid\.yaml:2: top_k: .* Correct "many", or take it out\.$/m);
    await expect(refused).rejects.toThrow(/^grid\.yaml:3: "top" is no setting\. There are: .*top_k/m);
    await expect(refused).rejects.toThrow(
      'grid.yaml:6: min_weight is a fraction from 0 to 1, not 2. Correct 2, or take it out.',
    );
  });

  it('cannot take a cost from a score', async () => {
    await expect(points('cost_penalty: 1\n', ['grid:', '  top_k: [10]'])).rejects.toThrow('Set it to 0');
  });
});
