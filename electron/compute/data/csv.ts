/**
 * A strict reader of RFC 4180 text that is given in pieces. It is our own because every message must name the line, and
 * because a panel has millions of rows: a line without quotes is split and nothing else.
 */
export interface CsvRow {
  cells: string[];
  /** Of the file, from 1: where the row begins. */
  line: number;
}

export class CsvReader {
  readonly #onRow: (row: CsvRow) => void;
  #rest = '';
  #line = 1;
  #separator: string | null = null;

  /** The separator is found in the first row: a comma, or where it has none, a semicolon or a tab. */
  constructor(onRow: (row: CsvRow) => void) {
    this.#onRow = onRow;
  }

  /** Characters of a row that has not ended; after `end`, of a quoted cell that never does. */
  get pending(): number {
    return this.#rest.length;
  }

  /** What cells are separated by; a comma until the first row has been read. */
  get separator(): string {
    return this.#separator ?? ',';
  }

  /** Where the next row begins. */
  get line(): number {
    return this.#line;
  }

  push(text: string): void {
    this.#rest = this.#read(this.#rest + text, false);
  }

  end(): void {
    this.#rest = this.#read(this.#rest, true);
  }

  /** Gives what is left of a row that has not ended. */
  #read(text: string, last: boolean): string {
    let at = this.#line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      if (end === -1) {
        if (!last) break;
        end = text.length;
      }
      let line = text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
      let lines = 1;
      // A quoted cell may hold line ends: the row is whole when its quotes are even.
      while (line.includes('"') && oddQuotes(line)) {
        const next = text.indexOf('\n', end + 1);
        if (next === -1 && (!last || end >= text.length)) return text.slice(at);
        end = next === -1 ? text.length : next;
        line = text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
        lines += 1;
      }
      this.#emit(line, this.#line);
      this.#line += lines;
      at = end + 1;
    }
    return at >= text.length ? '' : text.slice(at);
  }

  #emit(line: string, number: number): void {
    if (line === '') return;
    this.#separator ??= line.includes(',')
      ? ','
      : line.includes(';')
        ? ';'
        : line.includes('\t')
          ? '\t'
          : ',';
    const cells = line.includes('"') ? splitQuoted(line, this.#separator) : line.split(this.#separator);
    this.#onRow({ cells, line: number });
  }
}

function oddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

function splitQuoted(line: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end === -1 ? line.length : end));
      if (end === -1) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at += 1; ; ) {
      const quote = line.indexOf('"', at);
      if (quote === -1) break;
      cell += line.slice(at, quote);
      at = quote + 1;
      if (line[at] !== '"') break;
      cell += '"';
      at += 1;
    }
    const end = line.indexOf(separator, at);
    cells.push(cell + line.slice(at, end === -1 ? line.length : end));
    if (end === -1) return cells;
    at = end + 1;
  }
  return cells;
}
