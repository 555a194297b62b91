import { itemState } from '../../../shared/contract/common.ts';
import type { Entry, Tables } from '../../journal/index.ts';
import type { Box } from '../document/document.ts';

/** Something said of an item that nobody has replaced knowingly. */
export interface Statement<Value> {
  value: Value;
  reason: string;
  /** The box in the file when it was said. */
  box: Box;
  by: string;
  at: string;
  hash: string;
}

/** Everything recorded of one item in one launch. */
export interface ItemRecord {
  title: string;
  path: string[];
  /** In the journal's order. More than one, where their authors did not see each other. */
  marks: Statement<ReturnType<typeof itemState.parse>>[];
  answers: Statement<boolean | null>[];
  assignee: string;
  override: { by: string; at: string; reason: string } | null;
  notes: number;
}

type Row = Record<string, string>;

/** The records of a launch by item, or of one item alone. */
export function readRecords(tables: Tables, launch: string, item?: string): Map<string, ItemRecord> {
  const rows = (columns: string, table: string, order = '') => {
    const which = item === undefined ? '' : ' AND item = ?';
    const select = tables.prepare(`SELECT item, ${columns} FROM ${table} WHERE launch = ?${which}${order}`);
    return select.all(...(item === undefined ? [launch] : [launch, item])) as Row[];
  };
  const records = new Map<string, ItemRecord>();
  for (const row of rows('title, path', 'item_words')) {
    records.set(row.item ?? '', {
      title: row.title ?? '',
      path: JSON.parse(row.path ?? '[]'),
      marks: [],
      answers: [],
      assignee: '',
      override: null,
      notes: 0,
    });
  }
  const each = (found: Row[], put: (record: ItemRecord, row: Row) => void) => {
    for (const row of found) {
      const record = records.get(row.item ?? '');
      if (record) put(record, row);
    }
  };
  each(
    rows('question, value, reason, box, author, at, hash', 'item_statement', ' ORDER BY lamport, hash'),
    putStatement,
  );
  each(rows('name', 'item_assignee'), (record, { name = '' }) => {
    record.assignee = name;
  });
  each(rows('reason, author, at', 'item_override'), (record, { reason = '', author = '', at = '' }) => {
    record.override = { by: author, at, reason };
  });
  each(rows('hash', 'item_note'), (record) => {
    record.notes += 1;
  });
  return records;
}

function putStatement(record: ItemRecord, row: Row): void {
  const { question = '', value = '', reason = '', author = '', at = '', hash = '' } = row;
  const said = { reason, box: row.box as Box, by: author, at, hash };
  if (question === 'mark') record.marks.push({ ...said, value: itemState.parse(value) });
  else record.answers.push({ ...said, value: JSON.parse(value) as boolean | null });
}

/** Whether something would be lost with the item: more than that it once was marked open again. */
export function isWorthAsking({ marks, answers, assignee, override, notes }: ItemRecord): boolean {
  const said = marks.some(({ value }) => value !== 'open') || answers.some(({ value }) => value !== null);
  return said || assignee !== '' || override !== null || notes > 0;
}

/** The document at the last reading of a launch; null before the first. */
export function readLastReading(tables: Tables, launch: string): { digest: string; key: string } | null {
  const row = tables.prepare('SELECT digest, key FROM checklist_reading WHERE launch = ?').get(launch);
  return (row as { digest: string; key: string } | undefined) ?? null;
}

/** What was recorded of an item, and of those that became it, oldest first. */
export function readHistory(tables: Tables, launch: string, item: string): Entry[] {
  return tables
    .prepare(
      `SELECT entry.* FROM item_history JOIN entry USING (hash)
       WHERE launch = ? AND item = ? ORDER BY lamport, device, seq`,
    )
    .all(launch, item) as Entry[];
}
