import type { Evidence, Progress } from '../../shared/contract/checklist.ts';

/** Lines of columns, each as wide as its widest cell; the last one runs free. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function evidenceLine({ verdict, host, check, sentence }: Evidence): string[] {
  return [verdict, host ?? '', check, sentence];
}

/** `148 proven, 29 claimed, 34 open` of what is not nothing. */
export function progressText({ total, ...counts }: Progress): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return `${total} items: ${parts.map(([name, count]) => `${count} ${name}`).join(', ')}`;
}
