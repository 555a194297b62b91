import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { profileOf } from '../../../electron/cli/data.ts';
import {
  ComputeProcess,
  computeIn,
  type JobProgress,
  type ProfileAnswer,
} from '../../../electron/compute/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';

function started(): ComputeProcess {
  const compute = new ComputeProcess({ folder: temporaryFolder() });
  onTestFinished(() => compute.close());
  return compute;
}

const asked = (path: string, features: string | null = null) => ({ path, keys: {}, features });

async function profile(path: string, features: string | null = null): Promise<ProfileAnswer> {
  return (await started().ask('profile', asked(path, features))).answer;
}

function fileOf(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

/** Writes what a query gives as Parquet. */
async function parquetOf(sql: string, file = join(temporaryFolder(), 'panel.parquet')): Promise<string> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
  return file;
}

/** 20 weekdays from a Monday on, 12 codes, with a z-score, a rank, a raw value, and one value for all codes. */
const panelQuery = `
  WITH day AS (SELECT (DATE '2024-01-01' + (7 * (i // 5) + i % 5)::INTEGER) AS "Date", i FROM range(20) t(i)),
  code AS (SELECT 1301 + j AS "Code", j FROM range(12) t(j))
  SELECT "Date", "Code", 100.0 * (j + 1) + i AS close,
    sqrt(12.0 / 143) * (((j * 5 + i * 7) % 12) - 5.5) AS z, ((j * 5 + i * 7) % 12) / 11.0 AS rank, i * 1.5 AS market,
    CASE WHEN j = 3 THEN NULL WHEN j = 4 AND i < 10 THEN 'NaN'::DOUBLE ELSE j END AS holes, 'sector ' || j % 3 AS sector
  FROM day, code`;

const column = ({ columns }: ProfileAnswer, name: string) => columns.find((one) => one.name === name);

describe('a profile of a panel', () => {
  it('counts rows, dates, codes and what is missing, and tells z-scores from ranks and raw values', async () => {
    const found = await profile(await parquetOf(panelQuery));
    expect(found).toMatchObject({
      rows: 240,
      dates: 20,
      codes: 12,
      from: '2024-01-01',
      to: '2024-01-26',
      keys: { date: 'Date', code: 'Code' },
      duplicates: { keys: 0, rows: 0, examples: [] },
      calendar: { gaps: [], weekdaysMissing: 0, weekendDates: [], medianRows: 12, thinDates: [] },
      activity: { active: 12, activeDates: 240, absentRows: 0 },
      quantiles: 'exact',
    });
    expect(column(found, 'holes')).toMatchObject({
      missing: 30,
      missingShare: 0.125,
      missingActiveShare: 0.125,
      codesWithout: 1,
      numbers: { min: 0, max: 11, infinite: 0 },
    });
    const kinds = Object.fromEntries(
      found.columns.map(({ name, numbers }) => [name, numbers?.crossSection?.kind ?? null]),
    );
    expect(kinds).toEqual({
      close: 'raw',
      z: 'z-score',
      rank: 'rank',
      market: 'same-for-all',
      holes: 'raw',
      sector: null,
    });
    expect(column(found, 'close')?.numbers).toMatchObject({ min: 100, max: 1219, mean: 659.5 });
    expect(column(found, 'close')?.numbers?.quantiles.p50).toBeCloseTo(659.5, 9);
    expect(found.findings).toEqual([]);
  });

  it('says the same of CSV as of Parquet, and the same of a folder and a pattern as of one file', async () => {
    const whole = await profile(await parquetOf(panelQuery));
    const folder = temporaryFolder();
    mkdirSync(join(folder, '2024'));
    await parquetOf(
      `SELECT * FROM (${panelQuery}) WHERE "Date" < DATE '2024-01-12'`,
      join(folder, '2024', 'a.parquet'),
    );
    await parquetOf(
      `SELECT * FROM (${panelQuery}) WHERE "Date" >= DATE '2024-01-12'`,
      join(folder, 'b.parquet'),
    );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const csv = join(temporaryFolder(), 'panel.csv');
    await connection.run(`COPY (${panelQuery}) TO '${csv}' (FORMAT csv, HEADER)`);
    connection.closeSync();
    for (const path of [csv, folder, join(folder, '**', '*.parquet')]) {
      const found = await profile(path);
      for (const [i, { name, missing, codesWithout, numbers }] of found.columns.entries()) {
        expect({ name, missing, codesWithout }, path).toEqual({
          name: whole.columns[i]?.name,
          missing: whole.columns[i]?.missing,
          codesWithout: whole.columns[i]?.codesWithout,
        });
        expect(numbers?.mean ?? 0).toBeCloseTo(whole.columns[i]?.numbers?.mean ?? 0, 9);
      }
      expect(found.rows).toBe(240);
    }
  });

  it('finds keys that are there twice, gaps, thin dates, absent rows, infinities, outliers and empty columns', async () => {
    const rows = ['date,code,x,y,z'];
    for (let day = 1; day <= 28; day += 1) {
      const date = new Date(Date.UTC(2024, 1, day));
      if (date.getUTCDay() % 6 === 0 || (day > 5 && day < 15)) continue;
      for (let code = 0; code < (day === 20 ? 3 : 10); code += 1) {
        if (code === 2 && day > 20 && day < 23) continue;
        const x = day === 22 && code === 5 ? 1e6 : code + day / 100;
        rows.push(
          `${date.toISOString().slice(0, 10)},c${code},${x},${day === 27 && code === 1 ? 'inf' : code},`,
        );
      }
    }
    rows.push('2024-02-28,c1,1,1,', '2024-02-28,c1,1,1,');
    const found = await profile(fileOf('panel.csv', rows.join('\n')));
    expect(found.duplicates).toEqual({
      keys: 1,
      rows: 3,
      examples: [{ date: '2024-02-28', code: 'c1', rows: 3 }],
    });
    expect(found.calendar.gaps).toEqual([{ after: '2024-02-05', before: '2024-02-15', weekdays: 7 }]);
    expect(found.calendar.thinDates).toEqual([{ date: '2024-02-20', rows: 3 }]);
    expect(found.activity.mostAbsent[0]).toEqual({ code: 'c2', absent: 2, dates: 13 });
    expect(column(found, 'x')?.numbers?.outliers).toEqual({
      count: 1,
      worst: { date: '2024-02-22', code: 'c5', value: 1e6 },
    });
    expect(column(found, 'y')?.numbers?.infinite).toBe(1);
    expect(found.findings.map(({ code, level }) => [code, level])).toEqual([
      ['duplicates', 'problem'],
      ['infinite-values', 'problem'],
      ['empty-column', 'problem'],
      ['calendar-gaps', 'note'],
      ['thin-dates', 'note'],
      ['absent-rows', 'note'],
      ['outliers', 'note'],
    ]);
  });

  it('holds the columns against a list of features with its version and count', async () => {
    const panel = await parquetOf(panelQuery);
    const list = (value: unknown) => fileOf('features.json', JSON.stringify(value));
    const good = await profile(panel, list({ version: 'v0', count: 2, features: ['z', 'rank'] }));
    expect(good.features).toMatchObject({ ok: true, version: 'v0', unlisted: ['close', 'market', 'holes'] });
    const bad = await profile(
      panel,
      list({ version: 'v1', count: 5, feature_names: ['z', 'z', 'beta', 'sector'] }),
    );
    expect(bad.features).toMatchObject({
      ok: false,
      missing: ['beta'],
      notNumbers: ['sector'],
      twice: ['z'],
    });
    expect(bad.findings[0]?.sentence).toBe(
      'The list of features v1 says 5 and names 4; it names z twice; it has beta, which the data has not; it has sector, which holds no numbers. Correct the one that is wrong.',
    );
    await expect(profile(panel, list({ names: 1 }))).rejects.toThrow(
      /is no list of features\. Write a JSON list/,
    );
  });

  it('streams its progress, of which the share only grows', async () => {
    const columns = Array.from({ length: 60 }, (_, i) => `sin(i * ${i + 1}) AS f${i}`).join(', ');
    const file = await parquetOf(
      `SELECT DATE '2020-01-01' + (i // 100)::INTEGER AS date, 'c' || i % 100 AS code, ${columns} FROM range(40000) t(i)`,
    );
    const heard: JobProgress[] = [];
    await started().ask('profile', asked(file), { onProgress: (progress) => heard.push(progress) });
    const shares = heard.flatMap((one) => (one.state === 'running' ? [one.share] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(heard.map((one) => (one.state === 'running' ? one.phase : ''))).size).toBeGreaterThan(3);
  });
});

describe('data that cannot be used', () => {
  const cases: [string, () => Promise<string> | string, RegExp][] = [
    [
      'a Parquet file that is cut in the middle',
      async () => {
        const file = await parquetOf(panelQuery);
        truncateSync(file, readFileSync(file).length >> 1);
        return file;
      },
      /panel\.parquet is cut off: after \d+ bytes the end of a Parquet file is not there\. Fetch or write it again\.$/,
    ],
    [
      'a Parquet file whose middle was overwritten',
      async () => {
        const file = await parquetOf(panelQuery);
        const bytes = readFileSync(file);
        bytes.fill(0xff, 40, bytes.length >> 1);
        writeFileSync(file, bytes);
        return file;
      },
      /panel\.parquet cannot be read \(.+\)\. Fetch or write it again\.$/,
    ],
    [
      'a file that only claims to be Parquet',
      () => fileOf('panel.parquet', 'date,code\n'),
      /panel\.parquet is no Parquet file: it does not begin like one\. Give another\.$/,
    ],
    [
      'a column that is a number here and text there',
      () => fileOf('p.csv', 'date,code,x\n2024-01-01,a,1\n2024-01-02,a,2\n2024-01-03,a,n.a.\n'),
      /p\.csv:4: column "x" holds "n\.a\." among numbers\. Write a number, or leave the cell empty where it is not known\.$/,
    ],
    [
      'dates in three formats',
      () => fileOf('p.csv', 'date,code\n2024-01-01,a\n2024/01/02,a\n20240103,a\n'),
      /p\.csv:3: column "date" holds "2024\/01\/02", written like 2024\/01\/31, but line 2 is written like 2024-01-31\. Write all dates as 2024-01-31\./,
    ],
    [
      'dates in three formats, in Parquet',
      () =>
        parquetOf(
          "SELECT unnest(['2024-01-01', '2024-01-02', '03/01/2024', '2024/01/04']) AS date, 'a' AS code",
        ),
      /panel\.parquet: row 3: column "date" holds "03\/01\/2024", which is no date\. Write dates as 2024-01-31\.$/,
    ],
    [
      'ten thousand columns',
      () =>
        fileOf(
          'w.csv',
          `date,${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n2024-01-01${',1'.repeat(10_000)}\n`,
        ),
      /w\.csv has 10001 columns, and 2000 can be read\. .* turn them into rows\.$/,
    ],
    [
      'a row that ends too early',
      () => fileOf('p.csv', 'date,code,x\n2024-01-01,a,1\n2024-01-02,a\n'),
      /p\.csv:3: the row ends after 2 of 3 cells; column "x" is missing\./,
    ],
    [
      'a code that changes its type',
      () => fileOf('p.csv', 'date,code\n2024-01-01,1301\n2024-01-02,1301.0\n'),
      /p\.csv:3: column "code" holds "1301\.0" and "1301" for the same code\. Write codes as text, in one way\.$/,
    ],
    [
      'files with different columns',
      async () => {
        const folder = temporaryFolder();
        await parquetOf("SELECT DATE '2024-01-01' AS date, 'a' AS code, 1 AS x", join(folder, 'a.parquet'));
        await parquetOf("SELECT DATE '2024-01-02' AS date, 'a' AS code, 'b' AS x", join(folder, 'b.parquet'));
        return folder;
      },
      /b\.parquet: column "x" is VARCHAR, and INTEGER in a\.parquet\. Write it in one type everywhere\.$/,
    ],
    [
      'no date',
      () => fileOf('p.csv', 'day,code\n1,a\n'),
      /p\.csv: there is no column "date"; there are day, code\. Say which it is with --date NAME\.$/,
    ],
    ['an empty file', () => fileOf('p.csv', ''), /p\.csv is empty\. It needs a line of column names\.$/],
    ['no rows', () => fileOf('p.csv', 'date,code\n'), /p\.csv has no rows\. Give data with at least one\.$/],
    ['no file at all', () => temporaryFolder(), /names no file of data\. Give a Parquet or CSV file/],
  ];

  it('is refused in a sentence with file, row, column and remedy, case by case, and the process lives on', async () => {
    const compute = started();
    for (const [name, make, sentence] of cases) {
      const path = await make();
      const error = await compute.ask('profile', asked(path)).catch((thrown: unknown) => thrown);
      expect((error as Error).message, name).toMatch(sentence);
      expect((error as Error).name, name).toBe('DataError');
    }
    const good = await compute.ask('profile', asked(fileOf('p.csv', 'date,code,x\n2024-01-01,a,1\n')));
    expect(good.answer.rows).toBe(1);
  });
});

describe('holdpoint data profile', () => {
  it('exits 1 on problems, and on files that are too old; says when an answer comes from the store', async () => {
    const home = temporaryFolder();
    const file = fileOf('p.csv', 'day,sym,x\n2024-01-01,a,1\n2024-01-02,a,2\n');
    const args = ['data', 'profile', file, '--date', 'day', '--code', 'sym', '--json', '--data', home];
    const first = await runCommand(args);
    expect(first).toMatchObject({ code: 0, stderr: expect.not.stringContaining('store') });
    const report = JSON.parse(first.stdout);
    expect(report).toMatchObject({ rows: 2, keys: { date: 'day', code: 'sym' }, findings: [] });
    expect(report.freshness).toMatchObject({ lastDate: '2024-01-02', newestFile: 'p.csv', fresh: null });
    const old = Date.now() / 1000 - 25 * 3600;
    utimesSync(file, old, old);
    const stale = await runCommand([...args, '--newer-than', '24']);
    expect(stale.code).toBe(1);
    expect(stale.stderr).toMatch(
      /^Answered from the store: the same inputs, settings and code gave this at 20/m,
    );
    expect(JSON.parse(stale.stdout).freshness).toMatchObject({ fresh: false, hours: 25 });
    writeFileSync(file, 'day,sym,x\n2024-01-01,a,1\n2024-01-01,a,2\n');
    const twice = await runCommand(args);
    expect(twice.code).toBe(1);
    expect(JSON.parse(twice.stdout).findings[0].code).toBe('duplicates');
  });

  it('counts weekdays since the last date', async () => {
    const file = fileOf('p.csv', 'date,x\n2024-01-05,1\n');
    const report = await profileOf(computeIn(started()), file, {}, new Date('2024-01-09T12:00:00Z'));
    expect(report.freshness.weekdaysBehind).toBe(2);
    expect(report.keys.code).toBeNull();
  });
});
