import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../../electron/compute/backtest/index.ts';
import { CsvReader, type CsvRow } from '../../../../electron/compute/data/csv.ts';

function read(...pieces: string[]): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CsvReader((row) => rows.push(row));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return rows;
}
const cells = (...pieces: string[]) => read(...pieces).map((row) => row.cells);

describe('a reader of CSV', () => {
  it('reads quotes, line ends inside them, both kinds of line ends, and a byte order mark', () => {
    expect(read('\ufeffa,b\r\n"x, ""y""","1\n2"\r\n\r\n3,4')).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: ['x, "y"', '1\n2'], line: 2 },
      { cells: ['3', '4'], line: 5 },
    ]);
  });

  it('takes semicolons and tabs where the first row has no comma', () => {
    expect(cells('a;b\n1;2,5\n')).toEqual([
      ['a', 'b'],
      ['1', '2,5'],
    ]);
    expect(cells('a\tb\n1\t2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('reads what was written, in whatever pieces it comes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ one: text, two: text }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(60), { maxLength: 5 }),
        (rows, cuts) => {
          const whole = csvOf(rows);
          const places = [
            0,
            ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b),
            whole.length,
          ];
          const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end));
          expect(cells(...pieces)).toEqual([['one', 'two'], ...rows.map(({ one, two }) => [one, two])]);
        },
      ),
    );
  });
});
