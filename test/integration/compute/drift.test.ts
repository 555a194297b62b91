import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it, onTestFinished } from 'vitest';
import { ComputeProcess, type DriftAnswer } from '../../../electron/compute/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

async function driftOf(reference: string, current: string): Promise<DriftAnswer> {
  const compute = new ComputeProcess({ folder: temporaryFolder() });
  onTestFinished(() => compute.close());
  return (await compute.ask('drift', { reference, current, bins: 10 })).answer;
}

/** Eight dates of 30 codes: one feature stays, one moves by `shift`, and one is now and then not known. */
const features = (shift: number, where = 'true') => `
  SELECT DATE '2024-01-01' + i::INTEGER AS date, 1301 + j AS code, ((i * 30 + j) * 37 % 240) / 7.0 AS calm,
    ((i * 30 + j) * 73 % 240) / 7.0 + ${shift} AS moved,
    CASE WHEN j % 5 > 0 THEN ((i * 30 + j) * 11 % 240) / 3.0 END AS holes
  FROM range(8) t(i), range(30) s(j) WHERE ${where} ORDER BY i, j`;

/** Writes what each query gives into a file of its name; its ending says the format. */
async function write(files: Record<string, string>): Promise<string> {
  const folder = temporaryFolder();
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [name, sql] of Object.entries(files)) {
    const format = name.endsWith('.csv') ? 'csv, HEADER' : 'parquet';
    mkdirSync(join(folder, name, '..'), { recursive: true });
    await connection.run(`COPY (${sql}) TO '${join(folder, name)}' (FORMAT ${format})`);
  }
  connection.closeSync();
  return folder;
}

it('the same data in Parquet, in CSV, in a folder and by a pattern drift by the same figures', async () => {
  const folder = await write({
    'before.csv': features(0),
    'now.csv': features(9),
    'before.parquet': features(0),
    'now.parquet': features(9),
    'parts/1.parquet': features(0, 'i < 3'),
    'parts/2.parquet': features(0, 'i >= 3'),
    'now-1.csv': features(9, 'i < 5'),
    'now-2.csv': features(9, 'i >= 5'),
  });
  const at = (name: string) => join(folder, name);
  const { inputs, digest, ...csv } = await driftOf(at('before.csv'), at('now.csv'));
  expect(csv.rows).toEqual({ reference: 240, current: 240 });
  expect(csv.features.map(({ feature, drifted }) => [feature, drifted])).toEqual([
    ['calm', false],
    ['moved', true],
    ['holes', false],
  ]);
  expect(csv.features.at(-1)?.missing).toEqual({ reference: 48, current: 48 });
  expect(csv.features.map(({ chunks }) => chunks?.current.map(({ date }) => date).at(-1))).toEqual(
    Array(3).fill('2024-01-08'),
  );
  expect(await driftOf(at('before.parquet'), at('now.parquet'))).toMatchObject(csv);
  const parts = await driftOf(at('parts'), at('now-?.csv'));
  expect(parts).toMatchObject(csv);
  expect(parts.inputs).toMatchObject({
    reference: [{ name: '1.parquet' }, { name: '2.parquet' }],
    current: [{ name: 'now-1.csv' }, { name: 'now-2.csv' }],
  });
});

it('what is no number is not compared and says so, and what cannot be read names file and column', async () => {
  const folder = await write({
    'a.parquet': `SELECT i AS x, 'A' || i AS name, CASE WHEN i = 3 THEN 'inf'::DOUBLE ELSE i END AS y FROM range(50) t(i)`,
    'b.parquet': `SELECT i AS x, 'A' || i AS name, i AS y, i AS z FROM range(50) t(i)`,
    'dated.parquet': `SELECT 'week ' || i AS date, i AS x FROM range(50) t(i)`,
    'other.parquet': 'SELECT i AS w FROM range(50) t(i)',
  });
  const at = (name: string) => join(folder, name);
  const found = await driftOf(at('a.parquet'), at('b.parquet'));
  expect(found.features.map(({ feature }) => feature)).toEqual(['x']);
  expect(found.skipped).toEqual([
    {
      feature: 'name',
      why: 'It holds text in a.parquet, and drift is found in numbers. Write numbers, or take it out.',
    },
    { feature: 'y', why: '1 value is infinite in a.parquet. Leave empty what is not known.' },
  ]);
  expect(found.unmatched).toEqual({ reference: [], current: ['z'] });

  const failing = (name: string) => driftOf(at('a.parquet'), at(name));
  await expect(failing('dated.parquet')).rejects.toThrow(
    /dated\.parquet: row 1: column "date" holds "week 0", which is no date/,
  );
  await expect(failing('other.parquet')).rejects.toThrow('have no column of numbers in common');
  writeFileSync(at('cut.parquet'), readFileSync(at('b.parquet')).subarray(0, 300));
  await expect(failing('cut.parquet')).rejects.toThrow(/cut\.parquet is cut off/);
  writeFileSync(at('mixed.csv'), 'x\n1\n2\nthree\n');
  await expect(failing('mixed.csv')).rejects.toThrow(/mixed\.csv:4: column "x" holds "three" among numbers/);
  writeFileSync(at('keys.csv'), 'date,code\n2024-01-01,A\n');
  await expect(failing('keys.csv')).rejects.toThrow('keys.csv has no column beside date and code');
});
