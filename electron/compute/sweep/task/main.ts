import { readFileSync } from 'node:fs';
import { sweepRanking } from '../../backtest/index.ts';
import { evaluate } from '../evaluate.ts';
import { readResult, writeResult } from '../store.ts';
import { decodePanel } from './panel-file.ts';
import { decodePoints } from './points-file.ts';

/**
 * One task of an array on a cluster: computes its share of the points, in the order of the list, and leaves out what has
 * a result. It is handed its files by its environment and says nothing where all goes well.
 */
function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the array was not submitted by Holdpoint.`);
  return value;
}

const each = Number(given('HOLDPOINT_EACH'));
const first = Number(given('SLURM_ARRAY_TASK_ID')) * each;
const folder = given('HOLDPOINT_RESULTS');
const points = decodePoints(readFileSync(given('HOLDPOINT_POINTS'), 'utf8'))
  .slice(first, first + each)
  .filter(({ digest }) => readResult(folder, digest) === null);
if (points.length > 0) {
  const panel = decodePanel(readFileSync(given('HOLDPOINT_PANEL')));
  const ranking = sweepRanking(
    panel,
    points.map(({ config }) => config),
  );
  for (const result of evaluate(panel, points, ranking)) writeResult(folder, result);
}
