import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Starts a line that we wrote ourselves, between lines of output. Cannot occur in output: it is replaced there. */
const noteMark = 0x1e;
const newline = 0x0a;
const indexEvery = 256;
/** A longer line is shown in pieces. */
const longestLine = 8_000;
const readBytes = 256 * 1024;
const fewLines = 20;

/**
 * The output of one step on one host, kept whole on disk, with our own notes between its lines. `offset()` counts
 * output alone, so a link that was lost is taken up again at the right byte even after this process was killed.
 */
export class LogFile {
  readonly path: string;
  readonly #file: number;
  #bytes = 0;
  #noteBytes = 0;
  #lines = 0;
  #atLineStart = true;
  /** Byte position of line 0, 256, 512, … */
  readonly #index: number[] = [0];

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.path = path;
    this.#file = openSync(path, 'a+', 0o600);
    this.#scan();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A last line without its end counts. */
  get lines(): number {
    return this.#lines + (this.#atLineStart ? 0 : 1);
  }

  /** How many bytes of the host's output are here. */
  offset(): number {
    return this.#bytes - this.#noteBytes;
  }

  write(chunk: Buffer): void {
    this.#append(chunk.includes(noteMark) ? withoutMarks(chunk) : chunk);
  }

  /** Adds a line of ours: `link lost, the step goes on there`. */
  note(text: string): void {
    const line = `${text.replaceAll('\n', ' ')}\n`;
    // The doubled mark says that the line break before it is ours as well.
    const bytes = this.#atLineStart
      ? Buffer.concat([Buffer.from([noteMark]), Buffer.from(line)])
      : Buffer.concat([Buffer.from([newline, noteMark, noteMark]), Buffer.from(line)]);
    this.#noteBytes += bytes.length;
    this.#append(bytes);
  }

  sync(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** SHA-256 of the file as it is kept. */
  digest(): string {
    const hash = createHash('sha256');
    for (const { bytes } of this.#chunks(0)) hash.update(bytes);
    return hash.digest('hex');
  }

  /** Lines by number, from 0. Notes begin with the record separator U+001E. */
  read(from: number, count: number): string[] {
    const known = Math.min(Math.floor(from / indexEvery), this.#index.length - 1);
    const lines: string[] = [];
    let number = known * indexEvery;
    for (const line of this.#linesFrom(this.#index[known] ?? 0)) {
      if (number >= from) lines.push(line);
      number += 1;
      if (lines.length >= count) break;
    }
    return lines;
  }

  /** The last line of output that says anything, shortened; empty where there is none among the last few. */
  lastLine(): string {
    const lines = this.read(Math.max(0, this.lines - fewLines), fewLines);
    const last = lines.findLast(
      (line) => line.trim() !== '' && !line.startsWith(String.fromCharCode(noteMark)),
    );
    return last === undefined ? '' : last.trim().slice(0, 200);
  }

  /** Numbers of the lines that contain `text`, ignoring case: at most `limit`. */
  find(text: string, limit: number): { lines: number[]; more: boolean } {
    const wanted = text.toLowerCase();
    const lines: number[] = [];
    let number = 0;
    for (const line of this.#linesFrom(0)) {
      if (line.toLowerCase().includes(wanted)) {
        if (lines.length === limit) return { lines, more: true };
        lines.push(number);
      }
      number += 1;
    }
    return { lines, more: false };
  }

  #append(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#count(bytes);
  }

  #count(bytes: Buffer): void {
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
      this.#lines += 1;
      if (this.#lines % indexEvery === 0) this.#index.push(this.#bytes + at + 1);
    }
    this.#bytes += bytes.length;
    if (bytes.length > 0) this.#atLineStart = bytes.at(-1) === newline;
  }

  /** Counts what an earlier process has left: lines, and which bytes are notes. */
  #scan(): void {
    let [lineStart, inNote, justMarked] = [true, false, false];
    for (const { bytes } of this.#chunks(0)) {
      for (let at = 0; at < bytes.length; ) {
        if (lineStart && bytes[at] === noteMark) {
          [lineStart, inNote, justMarked] = [false, true, true];
          this.#noteBytes += 1;
          at += 1;
          continue;
        }
        // A doubled mark: the line break before it is ours too.
        if (justMarked && bytes[at] === noteMark) this.#noteBytes += 1;
        const end = bytes.indexOf(newline, at);
        const next = end === -1 ? bytes.length : end + 1;
        if (inNote) this.#noteBytes += next - at;
        lineStart = end !== -1;
        if (lineStart) inNote = false;
        justMarked = false;
        at = next;
      }
      this.#count(bytes);
    }
    if (inNote) this.#finishNote();
  }

  /** A note that was cut off by a kill gets its end, so that what follows is output again. */
  #finishNote(): void {
    this.#noteBytes += 1;
    this.#append(Buffer.from([newline]));
  }

  *#linesFrom(position: number): Generator<string> {
    let rest = '';
    const decoder = new TextDecoder();
    for (const { bytes } of this.#chunks(position)) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      yield* parts.map(shorten);
      if (rest.length > longestLine * 16) rest = rest.slice(0, longestLine);
    }
    if (rest !== '') yield shorten(rest);
  }

  *#chunks(position: number): Generator<{ bytes: Buffer }> {
    for (let at = position; ; ) {
      const bytes = Buffer.alloc(readBytes);
      const read = readSync(this.#file, bytes, 0, readBytes, at);
      if (read === 0) return;
      yield { bytes: bytes.subarray(0, read) };
      at += read;
    }
  }
}

function withoutMarks(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  for (let at = copy.indexOf(noteMark); at !== -1; at = copy.indexOf(noteMark, at)) copy[at] = 0x3f;
  return copy;
}

function shorten(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.length > longestLine
    ? `${text.slice(0, longestLine)} … ${text.length - longestLine} more characters`
    : text;
}
