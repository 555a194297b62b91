import { DateColumn, isMissing, readNumber, shown } from './cells.ts';
import { DataError } from './errors.ts';
import { columnsOf, type Problem, readTable } from './table.ts';

export interface ReturnSeries {
  /** ISO, ascending. */
  dates: string[];
  /** Fractions, by date. */
  returns: Float64Array;
  sha256: string;
}

/** Reads the columns `date` and `return` of a CSV file, in any order of rows. @throws DataError */
export async function readReturns(file: string): Promise<ReturnSeries> {
  const rows: { date: string; value: number; line: number }[] = [];
  const dates = new DateColumn();
  let at = { date: -1, return: -1 };
  const { sha256 } = await readTable(file, {
    header: (header) => {
      at = columnsOf(file, header, ['date', 'return']);
    },
    row: (cells, line) => {
      const [dateText, valueText] = [cells[at.date] as string, cells[at.return] as string];
      const date = dates.read(dateText, line);
      const value = readNumber(valueText);
      const problems: Problem[] = [];
      if ('problem' in date) problems.push({ column: 'date', text: date.problem });
      if ('problem' in value) problems.push({ column: 'return', text: value.problem });
      else if (isMissing(valueText)) {
        problems.push({ column: 'return', text: 'is empty. Write the return, or take the date out.' });
      } else if (value.value <= -1) {
        problems.push({
          column: 'return',
          text: `holds ${shown(valueText)}, a loss of everything or more. Returns are fractions: write -0.012 for -1.2 %.`,
        });
      }
      if (problems.length === 0 && 'value' in date && 'value' in value) {
        rows.push({ date: date.value, value: value.value, line });
      }
      return problems;
    },
  });
  rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.line - b.line));
  const twice = rows.find(({ date }, i) => i > 0 && rows[i - 1]?.date === date);
  if (twice) {
    const first = rows.find(({ date }) => date === twice.date);
    throw new DataError(
      'bad-table',
      `${file}:${twice.line}: column "date" holds ${twice.date} again; it is in line ${first?.line} already. Keep one of them.`,
    );
  }
  if (rows.length < 2) {
    throw new DataError(
      'bad-table',
      `${file} has ${rows.length === 0 ? 'no return' : 'one return'}. Figures need two dates or more.`,
    );
  }
  return {
    dates: rows.map(({ date }) => date),
    returns: Float64Array.from(rows, ({ value }) => value),
    sha256,
  };
}
