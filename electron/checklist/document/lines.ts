import type { Position } from './document.ts';

/** Finds lines and columns, from 1, in a text with any mix of line endings. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #firstOffset: number;

  constructor(text: string) {
    for (const match of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(match.index + match[0].length);
    // Editors do not count a byte order mark as a column.
    this.#firstOffset = text.startsWith('\uFEFF') ? 1 : 0;
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = low === 0 ? this.#firstOffset : (this.#starts[low] ?? 0);
    return { line: low + 1, column: Math.max(1, offset - start + 1) };
  }
}
