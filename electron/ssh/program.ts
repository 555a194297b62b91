import { randomBytes } from 'node:crypto';
import { quote } from './quote.ts';

/** A program made ready to be sent to a shell's standard input, and the marks that its output will stand between. */
export interface FramedProgram {
  input: Buffer;
  begin: Buffer;
  end: Buffer;
}

/** What the far side is asked to execute, whatever the login shell is. Nothing of a program ever shows in `ps`. */
export const shellCommand = 'exec /bin/sh -s';

/**
 * Frames a program so that three things hold. Cut anywhere on the way, none of it runs, because the shell never
 * sees the closing brace. What a login script prints is told from what the program prints. And an exit status is
 * believed only when it comes with the end mark, because ssh's own cannot tell a broken link from an `exit 255`.
 *
 * Programs run in the home folder, as after a login, also where `HOME` is set to another than the account's.
 *
 * A payload must not be sent before the begin mark is here: shells read their program in blocks, and would take it
 * for more of that.
 */
export function frameProgram(program: string, hasPayload: boolean): FramedProgram {
  const nonce = randomBytes(16).toString('hex');
  const [begin, end] = [`holdpoint-${nonce}-begin`, `holdpoint-${nonce}-end`];
  const text = `{
printf %s ${begin}
printf %s ${begin} >&2
( cd 2>/dev/null; eval ${quote(program)} )${hasPayload ? '' : ' </dev/null'}
printf '%s %s\\n' ${end} "$?"
printf %s ${end} >&2
exit 0
}
`;
  return { input: Buffer.from(text), begin: Buffer.from(begin), end: Buffer.from(end) };
}

/** Splits a stream at its two marks: noise before, body between, the rest after. */
export class MarkedStream {
  readonly #begin: Buffer;
  readonly #end: Buffer;
  readonly #onBody: (chunk: Buffer) => void;
  #part: 'noise' | 'body' | 'rest' = 'noise';
  #held: Buffer = Buffer.alloc(0);
  #noise: Buffer = Buffer.alloc(0);
  #rest = '';

  constructor({ begin, end }: Pick<FramedProgram, 'begin' | 'end'>, onBody: (chunk: Buffer) => void) {
    this.#begin = begin;
    this.#end = end;
    this.#onBody = onBody;
  }

  /** What came before the begin mark; the last 16 KB of it. */
  get noise(): string {
    return (this.begun ? this.#noise : Buffer.concat([this.#noise, this.#held])).toString();
  }

  /** What came after the end mark. */
  get rest(): string {
    return this.#rest;
  }

  get begun(): boolean {
    return this.#part !== 'noise';
  }

  get ended(): boolean {
    return this.#part === 'rest';
  }

  push(chunk: Buffer): void {
    if (this.#part === 'rest') {
      this.#rest += chunk;
      return;
    }
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    const mark = this.#part === 'noise' ? this.#begin : this.#end;
    const at = bytes.indexOf(mark);
    const whole = at >= 0 ? at : bytes.length - overlap(bytes, mark);
    this.#held = bytes.subarray(at >= 0 ? bytes.length : whole);
    if (whole > 0) this.#deliver(bytes.subarray(0, whole));
    if (at < 0) return;
    this.#part = this.#part === 'noise' ? 'body' : 'rest';
    this.push(bytes.subarray(at + mark.length));
  }

  #deliver(bytes: Buffer): void {
    if (this.#part === 'body') this.#onBody(bytes);
    else this.#noise = Buffer.concat([this.#noise, bytes]).subarray(-16_384);
  }
}

/** How many of the last bytes could be the beginning of the mark. */
function overlap(bytes: Buffer, mark: Buffer): number {
  for (let length = Math.min(bytes.length, mark.length - 1); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length;
  }
  return 0;
}
