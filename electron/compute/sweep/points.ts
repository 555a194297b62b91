import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { digestOf } from '../answers/written.ts';
import { BacktestError, checkConfig } from '../backtest/index.ts';
import { DataError, parseBacktestConfig, readBacktestConfig } from '../data/index.ts';
import { codeVersion } from '../process/code-version.ts';
import { SweepError } from './errors.ts';
import { type Axis, combinations, type Grid } from './grid.ts';
import type { SweepPoint } from './point.ts';

/**
 * The points of a grid over a configuration file. A value that no configuration may have is refused here, where its line
 * is known; values that do not go together are found when the point is run.
 * @throws DataError `bad-config` about the configuration file, SweepError `bad-grid` about the grid
 */
export async function pointsOf(
  configFile: string,
  grid: Grid,
  panelDigests: readonly string[],
): Promise<SweepPoint[]> {
  const { costPenalty } = await readBacktestConfig(configFile);
  if (costPenalty > 0) {
    throw new DataError(
      'bad-config',
      `${configFile}: cost_penalty takes a cost from a score, which has no unit. Set it to 0 for a sweep.`,
    );
  }
  const base = parse(await readFile(configFile, 'utf8')) as Record<string, unknown>;
  const problems = grid.axes.flatMap((axis) => valueProblems(base, axis, grid.file));
  if (problems.length > 0) throw new SweepError('bad-grid', problems.join('\n'));
  return combinations(grid.axes).map((settings, place) => {
    const { config, periodsPerYear } = parseBacktestConfig(
      JSON.stringify({ ...base, ...settings }),
      configFile,
    );
    const digest = digestOf('sweep point', [...panelDigests, codeVersion()], { config, periodsPerYear });
    return { place, settings, config, periodsPerYear, digest };
  });
}

function valueProblems(base: Record<string, unknown>, { key, values }: Axis, file: string): string[] {
  return values.flatMap(({ value, line }) => {
    try {
      checkConfig(parseBacktestConfig(JSON.stringify({ ...base, [key]: value }), '').config);
      return [];
    } catch (error) {
      if (!(error instanceof DataError || error instanceof BacktestError)) throw error;
      // Names the line of the grid instead of the one of the text that was put together.
      const text = error.message.replace(/^:\d+(?::\d+)?: /gm, '');
      const sentence = text.endsWith('.') ? text : `${text}.`;
      return [`${file}:${line}: ${sentence} Correct ${JSON.stringify(value)}, or take it out.`];
    }
  });
}
