import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyIndex, WindowReader } from '../../../electron/compute/inference/index.ts';
import { Random } from '../../../electron/compute/statistics/index.ts';
import { findTableFiles, openDuck, openTable } from '../../../electron/compute/tables/index.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';

describe('windows', () => {
  it('are those that a plain loop makes, on a panel in no order with rows and values missing', async () => {
    const random = new Random(7);
    const [dates, codes, width, lookback] = [30, 40, 7, 5];
    const cells = new Map<string, Float32Array>();
    for (let day = 0; day < dates; day += 1) {
      for (let code = 0; code < codes; code += 1) {
        if (random.uniform() < 0.1) continue;
        const values = Float32Array.from({ length: width }, () => random.normal());
        if (random.uniform() < 0.01) values[Math.floor(random.uniform() * width)] = Number.NaN;
        cells.set(`${day} ${code}`, values);
      }
    }
    const dateAt = (day: number) =>
      new Date(Date.UTC(2024, 1, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const rows = [...cells]
      .sort(() => random.uniform() - 0.5)
      .map(([key, values]) => {
        const [day, code] = key.split(' ').map(Number) as [number, number];
        return [
          dateAt(day),
          `k${String(code).padStart(2, '0')}`,
          ...Array.from(values, (v) => (Number.isNaN(v) ? '' : v)),
        ].join(',');
      });
    const names = Array.from({ length: width }, (_, i) => `f${i}`);
    const csv = temporaryFile('p.csv', `date,code,${names.join(',')}\n${rows.join('\n')}\n`);
    const folder = temporaryFolder();
    const duck = await openDuck(folder, 2);
    try {
      await openTable(duck, await findTableFiles(csv), {}, () => {});
      await duck.run(
        `COPY (SELECT "#date" AS date, "#code" AS code, ${names.map((name) => `${name}::FLOAT AS ${name}`).join(', ')} FROM panel) TO '${folder}/p.parquet'`,
      );
    } finally {
      duck.close();
    }
    for (const file of [csv, join(folder, 'p.parquet')]) {
      const reading = await openDuck(folder, 2);
      try {
        await openTable(reading, await findTableFiles(file), {}, () => {});
        const reader = new WindowReader(reading, await KeyIndex.open(reading), lookback, names);
        for (let day = dates - 1; day >= 0; day -= 7) {
          const expected = plainWindows(cells, day, codes, lookback);
          const found = await reader.read(dateAt(day));
          expect(found.codes, `${day}`).toEqual(
            expected.codes.map((code) => `k${String(code).padStart(2, '0')}`),
          );
          expect(Array.from(found.values)).toEqual(expected.values);
          expect(found.left).toMatchObject({ short: expected.short, missing: expected.missing });
        }
      } finally {
        reading.close();
      }
    }
  });
});

/** The windows of one day by looking back row by row. */
function plainWindows(cells: Map<string, Float32Array>, today: number, codes: number, lookback: number) {
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
