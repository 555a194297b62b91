import { BacktestError, type Panel, panelFromRows } from '../backtest/index.ts';
import { DateColumn, isMissing, readNumber, shown } from './cells.ts';
import { DataError } from './errors.ts';
import { Growing } from './growing.ts';
import { columnsOf, type Problem, readTable } from './table.ts';

const needed = ['date', 'code', 'close', 'score'] as const;
const optional = ['open', 'volume_value', 'label'] as const;
type Column = (typeof needed)[number] | (typeof optional)[number];
type NumberColumn = Exclude<Column, 'date' | 'code'>;

export interface PanelFile {
  panel: Panel;
  rows: number;
  sha256: string;
}

/** Reads a long panel, a row per date and code. Empty prices, scores and labels are not known. @throws DataError */
export async function readPanel(file: string): Promise<PanelFile> {
  const dates = new DateColumn();
  const codes = new CodeColumn();
  const date: string[] = [];
  const code: string[] = [];
  const lines = new Growing();
  const columns = new Map<NumberColumn, { at: number; values: Growing }>();
  let at: Record<Column, number> | null = null;
  const { sha256, rows } = await readTable(file, {
    header: (header) => {
      at = columnsOf<Column>(file, header, needed, optional);
      for (const name of ['close', 'score', ...optional] as const) {
        if (at[name] !== -1) columns.set(name, { at: at[name], values: new Growing() });
      }
    },
    row: (cells, line) => {
      const places = at as Record<Column, number>;
      const problems: Problem[] = [];
      const day = dates.read(cells[places.date] as string, line);
      const name = codes.read(cells[places.code] as string, line);
      if ('problem' in day) problems.push({ column: 'date', text: day.problem });
      else date.push(day.value);
      if ('problem' in name) problems.push({ column: 'code', text: name.problem });
      else code.push(name.value);
      lines.push(line);
      for (const [column, { at: place, values }] of columns) {
        const cell = readNumber(cells[place] as string);
        const text = 'problem' in cell ? cell.problem : priceProblem(column, cell.value);
        if (text) problems.push({ column, text });
        values.push('value' in cell ? cell.value : Number.NaN);
      }
      return problems;
    },
  });
  const numbers = (column: NumberColumn) => columns.get(column)?.values.values;
  try {
    const panel = panelFromRows(
      {
        date,
        code,
        close: numbers('close') as Float64Array,
        score: numbers('score') as Float64Array,
        open: numbers('open'),
        volumeValue: numbers('volume_value'),
        label: numbers('label'),
      },
      (row) => `line ${lines.values[row]}`,
    );
    return { panel, rows, sha256 };
  } catch (error) {
    if (error instanceof BacktestError) throw new DataError('bad-table', `${file}: ${error.message}`);
    throw error;
  }
}

function priceProblem(column: NumberColumn, value: number): string | null {
  if ((column === 'close' || column === 'open') && value <= 0) {
    return `holds a price of ${value}. Leave the cell empty where nothing was traded.`;
  }
  if (column === 'volume_value' && value < 0) {
    return `holds ${value}, and a traded value cannot be negative. Correct it, or leave it empty.`;
  }
  return null;
}

/** Codes are text; a tool that took them for numbers has written some of them in another way. */
class CodeColumn {
  readonly #first = new Map<string, { text: string; line: number }>();

  read(text: string, line: number): { value: string } | { problem: string } {
    const trimmed = text.trim();
    if (isMissing(trimmed)) return { problem: 'is empty. Write the code, or take the row out.' };
    const key = /^\d+(\.0+)?$/.test(trimmed) ? String(Number(trimmed)) : trimmed;
    const first = this.#first.get(key);
    if (first === undefined) this.#first.set(key, { text: trimmed, line });
    else if (first.text !== trimmed) {
      return {
        problem: `holds "${shown(trimmed)}", and line ${first.line} has "${shown(first.text)}" for the same code. Write codes as text, in one way.`,
      };
    }
    return { value: first?.text ?? trimmed };
  }
}
