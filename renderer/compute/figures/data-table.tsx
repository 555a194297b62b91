import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { ScrollArea } from '../../ui/index.ts';

export interface Column<Row> {
  title: string;
  /** Pixels; the first column without takes what is left. */
  width?: number;
  /** Figures stand at the right. */
  end?: boolean;
  cell: (row: Row) => ReactNode;
}

const rowHeight = 27;
/** Fewer than this many are simply there. */
const fewRows = 80;
const leastFree = 150;

/** A table of any length: only the rows in sight are made. It scrolls by itself, and takes the focus to do so. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  most = 12,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
  /** Rows in sight at most. */
  most?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length > fewRows ? rows.length : 0,
    getScrollElement: () => box.current?.querySelector('.data-scroll') ?? null,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const shown = rows.length > fewRows ? items.map(({ index }) => index) : rows.map((_, index) => index);
  const above = items[0]?.start ?? 0;
  const below = rows.length > fewRows ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const width = columns.reduce((sum, column) => sum + (column.width ?? leastFree), 0);
  return (
    <div ref={box} className="data">
      <ScrollArea label={`${label}: the rows`} className={`data-scroll data-most-${most}`}>
        <table className="data-table" aria-rowcount={rows.length + 1} style={{ minWidth: width }}>
          <colgroup>
            {columns.map((column) => (
              <col key={column.title} style={{ width: column.width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.title}
                  scope="col"
                  title={column.title}
                  className={column.end ? 'data-end' : undefined}
                >
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr className="data-gap" style={{ height: above }} />}
            {shown.map((index) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <tr key={keyOf(row, index)} aria-rowindex={index + 2}>
                  {columns.map((column) => (
                    <td key={column.title} className={column.end ? 'data-end mono' : undefined}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
            {below > 0 && <tr className="data-gap" style={{ height: below }} />}
          </tbody>
        </table>
      </ScrollArea>
    </div>
  );
}
