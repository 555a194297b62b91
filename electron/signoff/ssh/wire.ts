import { SignoffError } from '../errors.ts';

/** Reads the binary packing of RFC 4251, section 5. Every read that does not fit is `malformed`. */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #what: string;
  #at = 0;

  /** @param what names the bytes in messages: `The signature` */
  constructor(bytes: Buffer, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) {
      throw new SignoffError('malformed', `${this.#what} ends in the middle.`);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  string(): Buffer {
    return this.take(this.uint32());
  }

  /** A string of printable ASCII, such as the name of an algorithm. */
  name(): string {
    const bytes = this.string();
    if (bytes.some((byte) => byte < 0x21 || byte > 0x7e)) {
      throw new SignoffError('malformed', `${this.#what} has a name with characters that no name has.`);
    }
    return bytes.toString('latin1');
  }

  /** A positive whole number in its shortest form, without its sign byte. */
  positive(): Buffer {
    const bytes = this.string();
    const [first = 0x80, second = 0] = bytes;
    if (bytes.length === 0 || first >= 0x80 || (first === 0 && second < 0x80)) {
      throw new SignoffError('malformed', `${this.#what} has a number that is not written as one.`);
    }
    return first === 0 ? bytes.subarray(1) : bytes;
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.#at;
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  end(): void {
    if (!this.atEnd()) throw new SignoffError('malformed', `${this.#what} goes on after its end.`);
  }
}

export function wireString(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
