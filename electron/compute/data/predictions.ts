import { DateColumn, isMissing, readNumber, shown } from './cells.ts';
import { DataError } from './errors.ts';
import { columnsOf, type Problem, readTable } from './table.ts';

export interface PredictionRow {
  /** ISO. */
  date: string;
  /** Empty in a file of one series. */
  code: string;
  actual: number;
  predicted: number;
  /** What was known of `actual` when it was predicted; NaN where it is not given. */
  last: number;
  /** From 0 to 1; NaN where it is not given. */
  confidence: number;
  isTraining: boolean;
}

export interface PredictionFile {
  /** By date, then as in the file. */
  rows: PredictionRow[];
  /** Whether a column says which rows the model was trained on. */
  hasSplit: boolean;
  hasLast: boolean;
  sha256: string;
}

const needed = ['date', 'actual', 'predicted'] as const;
const optional = ['code', 'last', 'confidence', 'split'] as const;

/**
 * Reads what was predicted and what came: `date`, `actual`, `predicted`, and where there are `code`, `last`,
 * `confidence` and `split` (`train` or `test`). Rows whose `actual` is empty are left out: it is not known yet.
 * @throws DataError
 */
export async function readPredictions(file: string): Promise<PredictionFile> {
  const dates = new DateColumn();
  const rows: PredictionRow[] = [];
  let at = columnsAt(-1);
  const { sha256 } = await readTable(file, {
    header: (header) => {
      at = columnsOf(file, header, needed, optional);
    },
    row: (cells, line) => {
      const problems: Problem[] = [];
      const number = (column: 'actual' | 'predicted' | 'last' | 'confidence') => {
        const cell = at[column] === -1 ? { value: Number.NaN } : readNumber(cells[at[column]] as string);
        if ('value' in cell) return cell.value;
        problems.push({ column, text: cell.problem });
        return Number.NaN;
      };
      const date = dates.read(cells[at.date] as string, line);
      if ('problem' in date) problems.push({ column: 'date', text: date.problem });
      const [actual, predicted, last, confidence] = [
        number('actual'),
        number('predicted'),
        number('last'),
        number('confidence'),
      ];
      if (isMissing(cells[at.predicted] as string)) {
        problems.push({
          column: 'predicted',
          text: 'is empty. Write what was predicted, or take the row out.',
        });
      }
      if (confidence < 0 || confidence > 1) {
        problems.push({
          column: 'confidence',
          text: `holds ${confidence}, which is no probability. Write 0.7 for 70 %.`,
        });
      }
      const split = at.split === -1 ? 'test' : (cells[at.split] as string).trim().toLowerCase();
      if (split !== 'train' && split !== 'test') {
        problems.push({ column: 'split', text: `holds "${shown(split)}". Write train or test.` });
      }
      if (problems.length === 0 && 'value' in date && !Number.isNaN(actual)) {
        const code = at.code === -1 ? '' : (cells[at.code] as string).trim();
        const isTraining = split === 'train';
        rows.push({ date: date.value, code, actual, predicted, last, confidence, isTraining });
      }
      return problems;
    },
  });
  if (rows.length < 2) {
    throw new DataError(
      'bad-table',
      `${file} has ${rows.length === 0 ? 'no row' : 'one row'} of which "actual" is known. Figures need two or more.`,
    );
  }
  rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { rows, hasSplit: at.split !== -1, hasLast: at.last !== -1, sha256 };
}

function columnsAt(place: number) {
  return {
    date: place,
    actual: place,
    predicted: place,
    code: place,
    last: place,
    confidence: place,
    split: place,
  };
}
