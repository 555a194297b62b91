import { readFile } from 'node:fs/promises';
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { SweepError } from './errors.ts';
import type { StopRule } from './stop.ts';

/** A grid as it was written. Lines are for messages. */
export interface Grid {
  file: string;
  axes: Axis[];
  stop: StopRule | null;
}

export interface Axis {
  /** A key of a configuration file. */
  key: string;
  line: number;
  values: { value: unknown; line: number }[];
}

/** More than a person looks at, and each of them a trial that the best one has to beat. */
const mostPoints = 20_000;

/** Keys of a configuration file that are about judging a run and not about the run. */
const notOfARun = ['rules', 'trials', 'trial_deviation', 'periods_per_year', 'cost_penalty'];

/** Reads a grid from JSON or YAML. @throws SweepError `bad-grid` with every mistake */
export async function readGrid(file: string): Promise<Grid> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist. Check the path.' : 'cannot be read.';
    throw new SweepError('bad-grid', `${file} ${why}`);
  });
  return parseGrid(text, file);
}

/** @throws SweepError `bad-grid` with every mistake, each with file, line and what to change */
export function parseGrid(text: string, file: string): Grid {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (node: unknown): number => {
    const range = (node as Node | null)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const broken = document.errors[0];
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new SweepError('bad-grid', `${file}:${line}:${col}: ${broken.message.split('\n')[0]}`);
  }
  const example = 'Write "grid:" and under it a key and its values a line, such as top_k: [20, 35, 50].';
  const top = document.contents;
  if (!isMap(top)) throw new SweepError('bad-grid', `${file}:1: There is no grid. ${example}`);

  const problems: string[] = [];
  const complain = (node: unknown, sentence: string) => problems.push(`${file}:${lineOf(node)}: ${sentence}`);
  const keyOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : '');
  let axes: Axis[] = [];
  let stop: StopRule | null = null;
  for (const pair of top.items) {
    const key = keyOf(pair);
    if (key === 'grid' && isMap(pair.value)) axes = readAxes(pair.value);
    else if (key === 'grid') complain(pair.key, `"grid" holds no settings. ${example}`);
    else if (key === 'stop') stop = readStop(pair);
    else complain(pair.key, `"${key}" is no part of a grid file. There are: grid, stop.`);
  }
  if (!top.has('grid')) problems.push(`${file}:1: There is no grid. ${example}`);
  const points = axes.reduce((product, { values }) => product * values.length, 1);
  if (points > mostPoints) {
    complain(
      top.get('grid', true),
      `The grid has ${points} points; ${mostPoints} are the most. Take values out.`,
    );
  }
  if (problems.length > 0) throw new SweepError('bad-grid', problems.join('\n'));
  return { file, axes, stop };

  function readAxes(map: YAMLMap): Axis[] {
    if (map.items.length === 0) complain(map, `"grid" holds no settings. ${example}`);
    return map.items.map((pair): Axis => {
      const key = keyOf(pair);
      const line = lineOf(pair.key);
      if (notOfARun.includes(key)) {
        complain(
          pair.key,
          `"${key}" is not a rule of the run. Set it in the configuration file, for all points.`,
        );
      }
      if (!isSeq(pair.value) || pair.value.items.length === 0) {
        complain(pair.key, `"${key}" needs a list of values, such as ${key}: [20, 35].`);
        return { key, line, values: [] };
      }
      const values = pair.value.items.map((node) => ({
        value: (node as Node).toJS(document) as unknown,
        line: lineOf(node),
      }));
      const seen = new Set<string>();
      for (const [i, { value }] of values.entries()) {
        const written = JSON.stringify(value);
        if (seen.has(written)) {
          complain((pair.value as { items: unknown[] }).items[i], `"${key}" has ${written} twice. Keep one.`);
        }
        seen.add(written);
      }
      return { key, line, values };
    });
  }

  function readStop(pair: Pair): StopRule | null {
    const asked =
      '"stop" is { after: 50, gain: 0.05 }: after so many points, none with a Sharpe ratio higher by gain';
    if (!isMap(pair.value)) {
      complain(pair.key, `${asked}.`);
      return null;
    }
    const read = pair.value.toJS(document) as Record<string, unknown>;
    const { after, gain = 0, ...others } = read;
    if (Object.keys(others).length > 0)
      complain(pair.key, `${asked}; ${Object.keys(others).join(', ')} is no part of it.`);
    if (!(typeof after === 'number' && Number.isInteger(after) && after >= 1)) {
      complain(pair.key, `"after" is a whole number of points of 1 or more, not ${JSON.stringify(after)}.`);
    }
    if (!(typeof gain === 'number' && gain >= 0 && Number.isFinite(gain))) {
      complain(pair.key, `"gain" is a Sharpe ratio of 0 or more, not ${JSON.stringify(gain)}.`);
    }
    return { after: after as number, gain: gain as number };
  }
}

/** Every combination of values, the last axis changing fastest. */
export function combinations(axes: readonly Axis[]): Record<string, unknown>[] {
  return axes.reduce<Record<string, unknown>[]>(
    (points, { key, values }) =>
      points.flatMap((point) => values.map(({ value }) => ({ ...point, [key]: value }))),
    [{}],
  );
}
