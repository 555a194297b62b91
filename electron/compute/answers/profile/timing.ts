import { type Duck, named, type Row, type Table } from '../../tables/index.ts';
import type { LabelTiming } from './answer.ts';
import { claimOf, horizonIn } from './column-names.ts';

/** Trading dates that labels most often look over; the one in a column's name is tried, too. */
const usualHorizons = [1, 5, 10, 20];
/** A return of the close to this much is the same return. */
const rounding = 1e-6;
/** Fewer rows than this agree by chance. */
const leastRows = 20;
/** Of more rows only every so many-th code is looked at: a label is made in the same way for all of them. */
const enoughRows = 300_000;
/** So many columns are held against the returns at once. */
const together = 12;

/** The column of prices, the best first: an adjusted close has no jumps. */
const priceNames = [/^adj\w*[_ ]?close$|^close[_ ]?adj\w*$/i, /^close$/i, /^price$/i];
/**
 * Holds columns whose names say label or return against the returns of the close over the dates after and before each
 * row's own, within its code. Needs the tables `panel`, `day` and `code`.
 */
export async function profileTiming(
  { duck, columns }: Table,
  rows: number,
  progress: (share: number) => void,
): Promise<LabelTiming[]> {
  const numbers = columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  const price = priceNames.flatMap((pattern) => numbers.filter((name) => pattern.test(name)))[0];
  if (price === undefined) return [];
  const claims = numbers.flatMap((column): Claim[] => {
    const claim = column === price ? null : claimOf(column);
    return claim ? [{ column, claim, namedHorizon: horizonIn(column) }] : [];
  });
  await duck.run(
    `CREATE TABLE looked AS SELECT code FROM (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place FROM code)
     WHERE place % ${Math.ceil(rows / enoughRows)} = 0`,
  );
  const found: LabelTiming[] = [];
  for (let from = 0; from < claims.length; from += together) {
    const batch = claims.slice(from, from + together);
    found.push(...(await timingsOf(duck, price, batch)));
    progress(Math.min(1, (from + together) / claims.length));
  }
  return found;
}

type Claim = Pick<LabelTiming, 'column' | 'claim' | 'namedHorizon'>;

async function timingsOf(duck: Duck, price: string, claims: readonly Claim[]): Promise<LabelTiming[]> {
  const horizons = [
    ...new Set([...claims.flatMap(({ namedHorizon }) => namedHorizon ?? []), ...usualHorizons]),
  ];
  const sides = horizons.flatMap((horizon) => [
    { horizon, side: 'after' as const, value: `lead(p, ${horizon}) OVER w / p - 1` },
    { horizon, side: 'before' as const, value: `p / lag(p, ${horizon}) OVER w - 1` },
  ]);
  const returns = sides.map(({ value }, i) => `${value} AS r${i}`);
  const values = claims.map(({ column }, k) => `${finite(column)} AS x${k}`);
  const figures = claims.flatMap((_, k) =>
    sides.map((__, i) => {
      const same = `abs(x${k} - r${i}) <= ${rounding} OR abs(x${k} - ln(1 + r${i})) <= ${rounding}`;
      return `count(*) FILTER (WHERE x${k} IS NOT NULL AND r${i} IS NOT NULL) AS n${k}_${i}, corr(x${k}, r${i}) AS c${k}_${i}, avg((${same})::INT) AS e${k}_${i}`;
    }),
  );
  const [row = {}] = await duck.rows(
    `SELECT ${figures.join(', ')} FROM (
       SELECT * EXCLUDE (p), ${returns.join(', ')} FROM (
         SELECT "#code" AS code, "#date" AS date, ${values.join(', ')},
           CASE WHEN ${finite(price)} > 0 THEN ${named(price)} END AS p
         FROM panel WHERE "#code" IN (FROM looked))
       WINDOW w AS (PARTITION BY code ORDER BY date))`,
  );
  return Promise.all(
    claims.map(async (claim, k) => {
      const best = (side: 'after' | 'before') =>
        sides
          .map((one, i) => ({ ...one, ...figuresOf(row, `${k}_${i}`) }))
          .filter((one) => one.side === side)
          .reduce((a, b) => (Math.abs(b.correlation) > Math.abs(a.correlation) ? b : a));
      const [after, before] = [best('after'), best('before')];
      const nearest = Math.abs(after.correlation) >= Math.abs(before.correlation) ? after : before;
      return {
        ...claim,
        price,
        follows: Math.abs(nearest.correlation) > 0.5 ? nearest.side : ('neither' as const),
        horizon: nearest.horizon,
        equalShare: nearest.equalShare,
        correlation: { after: after.correlation, before: before.correlation },
        knownAtEnd: await knownAtEnd(duck, claim.column, claim.namedHorizon ?? nearest.horizon),
      };
    }),
  );
}

/** SQL: a value that is a finite number, else null. */
const finite = (name: string) => `CASE WHEN isinf(${named(name)}) THEN NULL ELSE ${named(name)} END`;

/** Nothing follows from a handful of rows, nor from a column that never changes. */
function figuresOf(row: Row, key: string): { correlation: number; equalShare: number } {
  const [count, correlation] = [Number(row[`n${key}`]), Number(row[`c${key}`])];
  if (count < leastRows || !Number.isFinite(correlation)) return { correlation: 0, equalShare: 0 };
  return { correlation, equalShare: Number(row[`e${key}`]) };
}

/** Of the last dates, which a label that looks so far ahead cannot know: how many have one. */
async function knownAtEnd(duck: Duck, column: string, horizon: number): Promise<number> {
  const [row = {}] = await duck.rows(
    `SELECT count(DISTINCT "#date") AS known FROM panel
     WHERE ${named(column)} IS NOT NULL AND "#date" IN (SELECT date FROM day ORDER BY date DESC LIMIT ${horizon})`,
  );
  return Number(row.known);
}
