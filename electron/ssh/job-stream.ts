/** How a follower's report ends. */
export type JobReport =
  | {
      kind: 'end';
      code: number;
      timedOut: boolean;
      executions: number;
      /** How long before the report the script began and ended. */
      beganMsAgo: number;
      endedMsAgo: number;
    }
  | { kind: 'lost'; executions: number; state: 'restarted' | 'gone' | 'orphaned' }
  /** The folder is there, and nothing tells what became of it. */
  | { kind: 'unknown' }
  /** The host restarted after the job may have been sent to it, and there is no folder. */
  | { kind: 'restarted' }
  | { kind: 'absent' }
  /** The folder could not be made or furnished; nothing was started. */
  | { kind: 'refused'; why: string };

const longestLine = 65_536;

export interface JobStreamOptions {
  nonce: string;
  /** Where the output that is known already ends. */
  offset: number;
  write: (chunk: Buffer) => void;
  /** The job's folder is there and is being followed. */
  onHere: () => void;
}

/** The follower's lines do not add up; what was written so far is right, and a new follower goes on from there. */
export class JobStreamError extends Error {}

/**
 * Reads what a follower sends: lines that begin with the nonce, and after each `out` line the announced number of
 * bytes. Output is passed on only when the line behind it has shown that the length was right.
 */
export class JobStream {
  readonly #options: JobStreamOptions;
  #line = '';
  #held: Buffer[] = [];
  #missing = 0;
  #offset: number;
  #report: JobReport | null = null;

  constructor(options: JobStreamOptions) {
    this.#options = options;
    this.#offset = options.offset;
  }

  /** Null until the follower has said how it ends. */
  get report(): JobReport | null {
    return this.#report;
  }

  /** @throws JobStreamError */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#missing > 0) {
        const part = rest.subarray(0, this.#missing);
        this.#held.push(part);
        this.#missing -= part.length;
        rest = rest.subarray(part.length);
        continue;
      }
      const newline = rest.indexOf(10);
      this.#line += rest.toString('latin1', 0, newline < 0 ? rest.length : newline);
      if (this.#line.length > longestLine) throw new JobStreamError('a line without an end');
      if (newline < 0) return;
      const line = this.#line;
      this.#line = '';
      rest = rest.subarray(newline + 1);
      this.#read(Buffer.from(line, 'latin1').toString());
    }
  }

  #read(line: string): void {
    const [nonce, word = '', ...values] = line.split(' ');
    if (nonce !== this.#options.nonce)
      throw new JobStreamError(`not a line of the protocol: ${line.slice(0, 80)}`);
    if (this.#held.length > 0) this.#passOn(word);
    else if (word === 'here') this.#options.onHere();
    else if (word === 'out') this.#expect(Number(values[0]), Number(values[1]));
    else if (word !== 'alive') this.#report = readReport(word, values);
  }

  #expect(offset: number, length: number): void {
    if (offset !== this.#offset) throw new JobStreamError('output from another place than asked for');
    this.#missing = length;
  }

  #passOn(word: string): void {
    if (word !== '.') throw new JobStreamError('output of another length than announced');
    const held = this.#held;
    this.#held = [];
    for (const part of held) {
      this.#offset += part.length;
      this.#options.write(part);
    }
  }
}

function readReport(word: string, values: string[]): JobReport {
  switch (word) {
    case 'end': {
      const [executions = NaN, code = NaN, timedOut, began = NaN, ended = NaN] = values.map(Number);
      // A damaged exit file tells nothing.
      if (![executions, code, began, ended].every(Number.isInteger)) return { kind: 'unknown' };
      const [beganMsAgo, endedMsAgo] = [began * 10, ended * 10];
      return { kind: 'end', executions, code, timedOut: timedOut === 1, beganMsAgo, endedMsAgo };
    }
    case 'lost': {
      const state = values[1] === 'restarted' || values[1] === 'orphaned' ? values[1] : 'gone';
      return { kind: 'lost', executions: Number(values[0]), state };
    }
    case 'refused':
      return { kind: 'refused', why: values.join(' ').trim() };
    case 'unknown':
    case 'restarted':
    case 'absent':
      return { kind: word };
    default:
      throw new JobStreamError(`unknown word ${word}`);
  }
}
