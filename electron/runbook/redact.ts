/**
 * Blots secrets out of a stream of bytes with asterisks, one for one, so that every offset stays what it was on the
 * host. The end of a chunk that may be the beginning of a secret is held back until the next chunk decides.
 */
export interface Redactor {
  /** The bytes that are safe to keep now. */
  push(chunk: Buffer): Buffer;
  /** How many bytes are held back. */
  heldBytes(): number;
  /** What was held back, at the end of the stream. */
  end(): Buffer;
}

const asterisk = 0x2a;
/** Shorter values would blot out ordinary words. */
const shortestSecret = 4;

export function createRedactor(secrets: Iterable<string>): Redactor {
  const needles = [...new Set([...secrets].flatMap(spellings))].map((text) => Buffer.from(text));
  const longest = Math.max(0, ...needles.map(({ length }) => length));
  let held: Buffer = Buffer.alloc(0);

  return {
    push(chunk) {
      if (longest === 0) return chunk;
      const bytes = Buffer.concat([held, chunk]);
      for (const needle of needles) blot(bytes, needle);
      const keep = heldBack(bytes, needles, longest);
      held = Buffer.from(bytes.subarray(bytes.length - keep));
      return bytes.subarray(0, bytes.length - keep);
    },
    heldBytes: () => held.length,
    end() {
      const rest = held;
      held = Buffer.alloc(0);
      return rest;
    },
  };
}

/** The same for a text that is there as a whole. */
export function redactText(text: string, secrets: Iterable<string>): string {
  const redactor = createRedactor(secrets);
  return Buffer.concat([redactor.push(Buffer.from(text)), redactor.end()]).toString();
}

/** A secret as scripts and servers may print it. */
function spellings(secret: string): string[] {
  if (secret.length < shortestSecret) return [];
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}

function blot(bytes: Buffer, needle: Buffer): void {
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) {
    bytes.fill(asterisk, at, at + needle.length);
  }
}

/** Length of the longest end of `bytes` that begins some needle. */
function heldBack(bytes: Buffer, needles: readonly Buffer[], longest: number): number {
  for (let length = Math.min(longest - 1, bytes.length); length > 0; length -= 1) {
    const end = bytes.subarray(bytes.length - length);
    if (needles.some((needle) => needle.length > length && needle.subarray(0, length).equals(end)))
      return length;
  }
  return 0;
}
