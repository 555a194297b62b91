import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyIndex, WindowReader } from '../../../electron/compute/inference/index.ts';
import { Random } from '../../../electron/compute/statistics/index.ts';
import { type Duck, findTableFiles, openDuck, openTable } from '../../../electron/compute/tables/index.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';

describe('windows', () => {
  it('are those that a plain loop makes, on a panel in no order with rows and values missing', async () => {
    const panel = randomPanel({ seed: 7, dates: 30, codes: 40, width: 7, absent: 0.1, holes: 0.01 });
    const csv = temporaryFile('p.csv', csvOf(panel));
    const folder = temporaryFolder();
    const file = join(folder, 'p.parquet');
    const columns = panel.names.map((name) => `${name}::FLOAT AS ${name}`).join(', ');
    await withTable(csv, (duck) =>
      duck.run(`COPY (SELECT "#date" AS date, "#code" AS code, ${columns} FROM panel) TO '${file}'`),
    );
    for (const path of [csv, file]) {
      await withTable(path, async (duck) => {
        const reader = new WindowReader(duck, await KeyIndex.open(duck), 5, panel.names);
        const backwards = [29, 22, 15, 8, 1];
        const onwards = [...Array(30).keys()];
        for (const day of [...backwards, ...onwards]) {
          const expected = plainWindows(panel, day, 5);
          const found = await reader.read(dateAt(day));
          expect(found.codes, `${day}`).toEqual(expected.codes.map(codeName));
          expect(Array.from(found.values)).toEqual(expected.values);
          expect(found.left).toMatchObject({ short: expected.short, missing: expected.missing });
        }
      });
    }
  });

  it('that are moved on from the last date are those that are read afresh', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          dates: fc.integer({ min: 8, max: 25 }),
          codes: fc.integer({ min: 1, max: 40 }),
          width: fc.integer({ min: 1, max: 5 }),
          absent: fc.constantFrom(0, 0.02, 0.3),
          holes: fc.constantFrom(0, 0.02, 0.2),
        }),
        fc.integer({ min: 1, max: 7 }),
        // Mostly the next date, now and then several on, the same, or back.
        fc.array(fc.constantFrom(1, 1, 1, 1, 2, 3, 6, 0, -4), { minLength: 4, maxLength: 16 }),
        async (kind, lookback, steps) => {
          const panel = randomPanel(kind);
          await withTable(temporaryFile('p.csv', csvOf(panel)), async (duck) => {
            const keys = await KeyIndex.open(duck);
            const moving = new WindowReader(duck, keys, lookback, panel.names);
            let day = 2;
            for (const step of steps) {
              day = Math.max(0, Math.min(kind.dates - 1, day + step));
              const moved = await moving.read(dateAt(day));
              expect(moved).toEqual(
                await new WindowReader(duck, keys, lookback, panel.names).read(dateAt(day)),
              );
              const plain = plainWindows(panel, day, lookback);
              expect(Array.from(moved.values)).toEqual(plain.values);
              expect(moved.codes).toEqual(plain.codes.map(codeName));
            }
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of the next date are made of its own rows alone', async () => {
    const panel = randomPanel({ seed: 3, dates: 20, codes: 10, width: 2, absent: 0, holes: 0.05 });
    await withTable(temporaryFile('p.csv', csvOf(panel)), async (duck) => {
      const asked: string[] = [];
      const watched: Duck = {
        ...duck,
        chunks(sql) {
          asked.push(/BETWEEN DATE '\S+' AND DATE '\S+'/.exec(sql)?.[0] ?? sql);
          return duck.chunks(sql);
        },
      };
      const reader = new WindowReader(watched, await KeyIndex.open(duck), 6, panel.names);
      for (const day of [10, 11, 14, 14]) await reader.read(dateAt(day));
      const between = (from: number, to: number) => `BETWEEN DATE '${dateAt(from)}' AND DATE '${dateAt(to)}'`;
      expect(asked).toEqual([between(5, 10), between(11, 11), between(12, 14)]);
    });
  });
});

interface Panel {
  codes: number;
  names: string[];
  /** By day and code. */
  cells: Map<string, Float32Array>;
}

/** Codes that come and go, of which some miss a row at times, and some of those that are there miss a value. */
function randomPanel(kind: {
  seed: number;
  dates: number;
  codes: number;
  width: number;
  absent: number;
  holes: number;
}): Panel {
  const random = new Random(kind.seed);
  const below = (end: number) => Math.floor(random.uniform() * end);
  const cells = new Map<string, Float32Array>();
  for (let code = 0; code < kind.codes; code += 1) {
    const isAlways = random.uniform() < 0.6;
    const [first, last] = isAlways ? [0, kind.dates] : [below(kind.dates), below(kind.dates)];
    for (let day = first; day < last; day += 1) {
      if (random.uniform() < kind.absent) continue;
      const values = Float32Array.from({ length: kind.width }, () => random.normal());
      if (random.uniform() < kind.holes) values[below(kind.width)] = Number.NaN;
      cells.set(`${day} ${code}`, values);
    }
  }
  // One that is always there, so that there is a table at all.
  for (let day = 0; day < kind.dates; day += 1) {
    cells.set(
      `${day} ${kind.codes}`,
      Float32Array.from({ length: kind.width }, () => random.normal()),
    );
  }
  const shuffled = [...cells].map((cell) => ({ cell, at: random.uniform() })).sort((a, b) => a.at - b.at);
  return {
    codes: kind.codes + 1,
    names: Array.from({ length: kind.width }, (_, i) => `f${i}`),
    cells: new Map(shuffled.map(({ cell }) => cell)),
  };
}

function csvOf({ names, cells }: Panel): string {
  const rows = [...cells].map(([key, values]) => {
    const [day, code] = key.split(' ').map(Number) as [number, number];
    return [dateAt(day), codeName(code), ...Array.from(values, (v) => (Number.isNaN(v) ? '' : v))].join(',');
  });
  return `date,code,${names.join(',')}\n${rows.join('\n')}\n`;
}

function dateAt(day: number): string {
  return new Date(Date.UTC(2024, 1, 1) + day * 86_400_000).toISOString().slice(0, 10);
}

function codeName(code: number): string {
  return `k${String(code).padStart(2, '0')}`;
}

async function withTable<Result>(file: string, work: (duck: Duck) => Promise<Result>): Promise<Result> {
  const duck = await openDuck(temporaryFolder(), 2);
  try {
    await openTable(duck, await findTableFiles(file), {}, () => {});
    return await work(duck);
  } finally {
    duck.close();
  }
}

/** The windows of one day by looking back row by row. */
function plainWindows({ cells, codes }: Panel, today: number, lookback: number) {
  const found = { codes: [] as number[], values: [] as number[], short: 0, missing: 0 };
  for (let code = 0; code < codes; code += 1) {
    if (!cells.has(`${today} ${code}`)) continue;
    const rows: Float32Array[] = [];
    for (let day = today; day >= 0 && rows.length < lookback; day -= 1) {
      const row = cells.get(`${day} ${code}`);
      if (row) rows.unshift(row);
    }
    const values = rows.flatMap((row) => Array.from(row));
    if (rows.length < lookback) found.short += 1;
    else if (values.some(Number.isNaN)) found.missing += 1;
    else {
      found.codes.push(code);
      found.values.push(...values);
    }
  }
  return found;
}
