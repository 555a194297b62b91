import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  localExecutor,
  type PointResult,
  readResult,
  type SweepJob,
  type SweepPoint,
  unpackSeries,
} from '../compute/index.ts';
import { SlurmError } from './errors.ts';

/** Of all results that come from elsewhere. */
const share = 0.02;
/** Another build of Node may round a power or a logarithm in another way; everything else is exact. */
const rounding = 1e-12;
/** Returns are kept in 32 bits, of which the last may go either way. */
const storedRounding = 2 ** -22;

/** Recomputes some results on this machine: of each batch as many as the share of all asks for, one of the first. */
export class Recomputation {
  /** How many were recomputed, all of them equal. */
  count = 0;
  #seen = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Resolves with how many of these were recomputed. @throws SlurmError `differs` */
  async check(host: string, job: SweepJob, batch: readonly { point: SweepPoint; result: PointResult }[]) {
    this.#seen += batch.length;
    const left = [...batch];
    const chosen: typeof left = [];
    while (left.length > 0 && this.count + chosen.length < share * this.#seen) {
      chosen.push(...left.splice(Math.floor(this.#random() * left.length), 1));
    }
    const here = await computeHere(
      job,
      chosen.map(({ point }) => point),
    );
    for (const [i, { point, result }] of chosen.entries()) {
      const difference = differenceOf(result, here[i] as PointResult);
      if (difference) throw differs(host, point, difference);
    }
    this.count += chosen.length;
    return chosen.length;
  }
}

async function computeHere(
  { sweep, panel }: SweepJob,
  points: SweepPoint[],
): Promise<(PointResult | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-recomputed-'));
  try {
    const { signal } = new AbortController();
    await localExecutor().run({ sweep, panel, points, folder, signal, onWritten: () => {} });
    return points.map(({ digest }) => readResult(folder, digest));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Difference {
  figure: string;
  there: string;
  here: string;
}

/** The first figure that differs by more than rounding. */
export function differenceOf(there: PointResult, here: PointResult): Difference | null {
  if (there.problem !== here.problem) {
    const words = ({ problem }: PointResult) => (problem === null ? 'figures' : `nothing: ${problem}`);
    return { figure: 'what came of it', there: words(there), here: words(here) };
  }
  const [a, b] = [leavesOf(there), leavesOf(here)];
  const figure = [...new Set([...a.keys(), ...b.keys()])].find(
    (name) => !same(name, a.get(name), b.get(name)),
  );
  return figure ? { figure, there: shown(a.get(figure)), here: shown(b.get(figure)) } : null;
}

function same(name: string, one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  const share = name.startsWith('return ') ? storedRounding : rounding;
  return one === other || Math.abs(one - other) <= share * Math.max(Math.abs(one), Math.abs(other));
}

/** Every value of a result by its path: `sharpe`, `sample kurtosis`. */
function leavesOf({ figures, series, ...others }: PointResult): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const walk = (value: unknown, path: string[]) => {
    if (typeof value !== 'object' || value === null) leaves.set(path.join(' '), value);
    else for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
  };
  walk(figures ?? {}, []);
  walk(others, []);
  if (series) {
    leaves.set('first date of its returns', series.start);
    for (const [i, value] of unpackSeries(series).entries()) leaves.set(`return ${i + 1}`, value);
  }
  return leaves;
}

const shown = (value: unknown) => String(value ?? 'missing').slice(0, 60);

function differs(
  host: string,
  { place, settings }: SweepPoint,
  { figure, there, here }: Difference,
): SlurmError {
  const point = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return new SlurmError(
    'differs',
    `Point ${place + 1} (${point.join(', ')}) differs: ${figure} is ${there} by ${host} and ${here} by this machine.`,
  );
}
