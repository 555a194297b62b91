/** A report as what it says, without how it looks. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'text'; text: string }
  /** What must not be overlooked. */
  | { kind: 'alarm'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] };

export const heading = (text: string, level: 1 | 2 = 2): Block => ({ kind: 'heading', level, text });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const alarm = (words: string): Block => ({ kind: 'alarm', text: words });

/** A table, or a sentence in its place where there are no rows. */
export function tableOr(none: string, head: readonly string[], rows: readonly (readonly string[])[]): Block {
  return rows.length > 0 ? { kind: 'table', head, rows } : text(none);
}
