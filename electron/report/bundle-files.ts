import { atOnce, attachmentName, digestOf, formatTimestamp, type SignedEntry } from '../signoff/index.ts';

export const entriesFolder = 'entries';
export const documentsFolder = 'seen';
/** A file that a review carries, named as in an exchange. */
export const attachmentFile = attachmentName;
export const signaturesFile = 'signatures.txt';
export const sumsFile = 'SHA256SUMS';

/** `entries/000003-answer-1f0c….json`; its signature is beside it with `.sig` at the end. */
export function entryName({ id, statement }: SignedEntry, index: number): string {
  const place = String(index + 1).padStart(6, '0');
  return `${entriesFolder}/${place}-${statement.predicate.says.kind}-${id.slice(0, 12)}.json`;
}

/** Beside the entries that verify, so that nothing is lost and the scripts do not fail for what nobody counts. */
export function refusedName({ id }: Pick<SignedEntry, 'id'>): string {
  return `refused/${id}.json`;
}

/** A line for the scripts: which file, who signed it, and the moment at which their key must be valid. */
export function signatureLine(name: string, { statement }: Pick<SignedEntry, 'statement'>): string {
  const { author, claimedAt } = statement.predicate;
  return `${name} ${author} ${formatTimestamp(new Date(claimedAt))}`;
}

/**
 * Names in the order in which the scripts list them: what lies in the bundle itself, then what lies in its folders, and so
 * on; at each depth the hidden ones first, because a shell must ask for them apart.
 */
export function inOrder(names: Iterable<string>): string[] {
  const key = (name: string) => {
    const parts = name.split('/');
    return `${parts.length}${parts.at(-1)?.startsWith('.') ? 0 : 1}${name}`;
  };
  const keyed = Array.from(names, (name): [string, string] => [key(name), name]);
  return keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

/** What SHA256SUMS must hold, byte for byte, as `sha256sum` prints it. */
export function sumsOf(files: ReadonlyMap<string, Buffer>): Buffer {
  return atOnce(summing(files));
}

/** The same, file by file. */
function* summing(files: ReadonlyMap<string, Buffer>): Generator<void, Buffer> {
  const lines: string[] = [];
  for (const name of inOrder(files.keys())) {
    yield;
    if (name !== sumsFile) lines.push(`${digestOf(files.get(name) ?? Buffer.of())}  ${name}\n`);
  }
  return Buffer.from(lines.join(''));
}

/** The same files in the order of the list, and the list of them made anew. */
export function* addingSums(files: ReadonlyMap<string, Buffer>): Generator<void, Map<string, Buffer>> {
  const whole = new Map(files).set(sumsFile, yield* summing(files));
  return new Map(inOrder(whole.keys()).map((name) => [name, whole.get(name) ?? Buffer.of()]));
}
