import { type Duck, named, type Row, type Table, type TableColumn } from '../../tables/index.ts';
import type { ColumnProfile, CrossSection, NumberProfile } from './answer.ts';

/** So many columns are read at once: more would hold more than the memory, fewer would read the rows more often. */
const together = 24;
/** Up to here quantiles are exact; above, t-digests, which need little memory. */
const exactRows = 1_000_000;
/** A rank across fewer codes says nothing of how a column is normalised. */
const leastCodes = 10;
const outlierDistances = 8;

export const quantileKind = (rows: number) => (rows <= exactRows ? 'exact' : 'approximate');

/** Every column of the table. `day` and `code` are there. `progress` hears shares from 0 to 1. */
export async function profileColumns(
  { duck, columns }: Table,
  rows: number,
  progress: (name: string, share: number) => void,
): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = [];
  for (let from = 0; from < columns.length; from += together) {
    const batch = columns.slice(from, from + together);
    const tell = (share: number) =>
      progress(batch[0]?.name as string, (from + share * batch.length) / columns.length);
    tell(0);
    const missing = await missingValues(duck, batch, rows, (share) => tell(share * 0.25));
    const numbers = await numberProfiles(
      duck,
      batch.filter(({ type }) => type === 'number'),
      rows,
      (share) => tell(0.25 + share * 0.75),
    );
    for (const { name, type } of batch) {
      profiles.push({
        name,
        type,
        ...(missing.get(name) as MissingValues),
        numbers: numbers.get(name) ?? null,
      });
    }
  }
  return profiles;
}

type MissingValues = Pick<ColumnProfile, 'missing' | 'missingShare' | 'missingActiveShare' | 'codesWithout'>;

async function missingValues(
  duck: Duck,
  columns: readonly TableColumn[],
  rows: number,
  progress: (share: number) => void,
): Promise<Map<string, MissingValues>> {
  const known = columns.map(({ name }, i) => `count(${named(name)}) AS k${i}`);
  const outer = columns.map(
    (_, i) =>
      `sum(k${i})::DOUBLE AS known${i}, (sum(k${i}) FILTER (WHERE active))::DOUBLE AS active${i}, count(*) FILTER (WHERE k${i} = 0) AS without${i}`,
  );
  const [found = {}] = await duck.rows(
    `SELECT (sum(n) FILTER (WHERE active))::DOUBLE AS activeRows, ${outer.join(', ')} FROM
       (SELECT "#code" AS code, count(*) AS n, ${known.join(', ')} FROM panel GROUP BY "#code") JOIN code USING (code)`,
    progress,
  );
  return new Map(
    columns.map(({ name }, i) => {
      const missing = rows - Number(found[`known${i}`]);
      const activeRows = Number(found.activeRows);
      return [
        name,
        {
          missing,
          missingShare: missing / rows,
          missingActiveShare: activeRows === 0 ? 0 : (activeRows - Number(found[`active${i}`])) / activeRows,
          codesWithout: Number(found[`without${i}`]),
        },
      ];
    }),
  );
}

async function numberProfiles(
  duck: Duck,
  columns: readonly TableColumn[],
  rows: number,
  progress: (share: number) => void,
): Promise<Map<string, NumberProfile>> {
  if (columns.length === 0) return new Map();
  const moments = await momentsOf(duck, columns, rows, (share) => progress(share * 0.5));
  const extremes = await extremesOf(duck, columns, moments, (share) => progress(0.5 + share * 0.2));
  const sections = await crossSections(duck, columns, (share) => progress(0.7 + share * 0.3));
  return new Map(
    columns.flatMap(({ name }, i) => {
      const at = (key: string) => Number(moments[`${key}${i}`]);
      if (at('finite') === 0 && at('infinite') === 0) return [];
      const worst = extremes[`worst${i}`] as unknown;
      return [
        [
          name,
          {
            infinite: at('infinite'),
            min: at('low'),
            max: at('high'),
            mean: at('mean'),
            deviation: at('spread'),
            quantiles: { p01: at('qa'), p25: at('qb'), p50: at('qc'), p75: at('qd'), p99: at('qe') },
            outliers: {
              count: Number(extremes[`out${i}`]),
              worst:
                worst === null
                  ? null
                  : {
                      date: String(worst),
                      code: String(extremes[`code${i}`]),
                      value: Number(extremes[`value${i}`]),
                    },
            },
            crossSection: sectionOf(sections, i, Number(extremes[`at${i}`]), moments),
          },
        ] as const,
      ];
    }),
  );
}

/** SQL: a value that is a finite number, else null. */
const finite = (name: string) => `CASE WHEN isinf(${named(name)}) THEN NULL ELSE ${named(name)} END`;

async function momentsOf(
  duck: Duck,
  columns: readonly TableColumn[],
  rows: number,
  progress: (share: number) => void,
): Promise<Row> {
  const quantile = quantileKind(rows) === 'exact' ? 'quantile_cont' : 'approx_quantile';
  const parts = columns.map(
    (_, i) =>
      `count(x${i}) AS finite${i}, min(x${i}) AS low${i}, max(x${i}) AS high${i}, avg(x${i}) AS mean${i}, stddev_samp(x${i}) AS spread${i}, ${quantile}(x${i}, [0.01, 0.25, 0.5, 0.75, 0.99]) AS q${i}, count(*) FILTER (WHERE i${i}) AS infinite${i}`,
  );
  const inner = columns.map(({ name }, i) => `${finite(name)} AS x${i}, isinf(${named(name)}) AS i${i}`);
  const spread = columns.map((_, i) =>
    ['a', 'b', 'c', 'd', 'e'].map((letter, at) => `q${i}[${at + 1}] AS q${letter}${i}`).join(', '),
  );
  const lists = columns.map((_, i) => `q${i}`).join(', ');
  const [found = {}] = await duck.rows(
    `SELECT * EXCLUDE (${lists}), ${spread.join(', ')} FROM
       (SELECT ${parts.join(', ')} FROM (SELECT ${inner.join(', ')} FROM panel))`,
    progress,
  );
  return found;
}

async function extremesOf(
  duck: Duck,
  columns: readonly TableColumn[],
  moments: Row,
  progress: (share: number) => void,
): Promise<Row> {
  const parts = columns.map(({ name }, i) => {
    const at = (key: string) => Number(moments[`${key}${i}`] ?? 0);
    const distance = outlierDistances * (at('qd') - at('qb'));
    const [low, high] = [at('qb') - distance, at('qd') + distance];
    const value = finite(name);
    // A column whose middle half is one value has no distance to measure by.
    const isOut = distance > 0 ? `(${value} < ${low}::DOUBLE OR ${value} > ${high}::DOUBLE)` : 'false';
    const far = `CASE WHEN ${isOut} THEN abs(${value} - ${at('qc')}::DOUBLE) END`;
    const largest = Math.max(Math.abs(at('low')), Math.abs(at('high')));
    return `count(*) FILTER (WHERE ${isOut}) AS out${i}, arg_max("#date"::VARCHAR, ${far}) AS worst${i}, arg_max("#code", ${far}) AS code${i}, arg_max(${named(name)}, ${far}) AS value${i}, count(*) FILTER (WHERE abs(${value}) = ${largest}::DOUBLE) AS at${i}`;
  });
  const [found = {}] = await duck.rows(`SELECT ${parts.join(', ')} FROM panel`, progress);
  return found;
}

async function crossSections(
  duck: Duck,
  columns: readonly TableColumn[],
  progress: (share: number) => void,
): Promise<Row> {
  const inner = columns.map(
    ({ name }, i) =>
      `avg(${finite(name)}) AS m${i}, stddev_pop(${finite(name)}) AS s${i}, count(${finite(name)}) AS n${i}`,
  );
  const outer = columns.map((_, i) => {
    const enough = `FILTER (WHERE n${i} >= ${leastCodes})`;
    return `count(*) ${enough} AS dates${i}, quantile_cont(abs(m${i}), 0.95) ${enough} AS mean${i}, quantile_cont(s${i}, 0.5) ${enough} AS spread${i}, count(*) FILTER (WHERE n${i} >= ${leastCodes} AND s${i} <= 1e-9 * abs(m${i})) AS flat${i}`;
  });
  const [found = {}] = await duck.rows(
    `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM panel GROUP BY "#date")`,
    progress,
  );
  return found;
}

function sectionOf(sections: Row, i: number, atLargest: number, moments: Row): CrossSection | null {
  const dates = Number(sections[`dates${i}`]);
  if (dates === 0) return null;
  const [low, high] = [Number(moments[`low${i}`]), Number(moments[`high${i}`])];
  const [meanFromZero, deviation] = [Number(sections[`mean${i}`]), Number(sections[`spread${i}`])];
  const isFlat = Number(sections[`flat${i}`]) >= 0.95 * dates;
  return {
    kind: isFlat ? 'same-for-all' : kindOf(meanFromZero, deviation, low, high),
    meanFromZero,
    deviation,
    largest: Math.max(Math.abs(low), Math.abs(high)),
    atLargest,
  };
}

/** The deviation of even ranks is their range over the root of twelve. */
function kindOf(mean: number, deviation: number, low: number, high: number): CrossSection['kind'] {
  if (mean <= 0.1 && deviation >= 0.9 && deviation <= 1.1) return 'z-score';
  const even = (high - low) / Math.sqrt(12);
  const isRange = high - low <= 2 && low >= -1 && high <= 1;
  return isRange && Math.abs(deviation / even - 1) < 0.1 ? 'rank' : 'raw';
}
