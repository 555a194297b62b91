import { chainOf, type SignedEntry } from '../entries/entry.ts';
import { digestOf } from '../statement/canonical.ts';
import { takingTurns } from '../turns.ts';
import { attachmentName, attachmentsOf, isAttachment, readAttachment } from './attachments.ts';
import type { Candidate, EntrySet, RefusedCandidate } from './merge.ts';

/**
 * Where an entry lies in an exchange: one folder for each author and device, one file for each entry. Two people never
 * write the same file, so neither a shared drive nor git has anything to merge.
 */
export function exchangeName({ id, statement: { predicate } }: SignedEntry): string {
  const folder = chainOf(predicate).replace(' ', '+');
  return `entries/${folder}/${String(predicate.seq).padStart(6, '0')}-${id.slice(0, 12)}.json`;
}

/**
 * Everything an exchange holds for a set of entries: the entries, the documents they are about, and attachments. Others
 * get their turn meanwhile, as in all of this folder.
 */
export async function exchangeFiles(
  entries: EntrySet,
  documents: (sha256: string) => Buffer | null,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>([['.gitattributes', Buffer.from('* -text\n')]]);
  const turn = takingTurns();
  for (const entry of entries.values()) {
    await turn();
    const name = exchangeName(entry);
    files.set(name, entry.bytes);
    files.set(`${name}.sig`, Buffer.from(entry.armoured));
    for (const { digest } of entry.statement.subject) {
      const name = `seen/${digest.sha256}.json`;
      const bytes = files.has(name) ? null : documents(digest.sha256);
      if (bytes) files.set(name, bytes);
    }
    for (const { sha256 } of attachmentsOf(entry)) {
      const bytes = documents(sha256);
      if (bytes) files.set(attachmentName(sha256), bytes);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export interface ReadExchange {
  candidates: Candidate[];
  /** Documents by their digest, each what its name says. */
  documents: Map<string, Buffer>;
  /** Files that go with reviews, by their digest, each what its name says. */
  attachments: Map<string, Buffer>;
  refused: RefusedCandidate[];
}

/**
 * Reads what somebody sent. Names decide nothing: an entry is named by what is in it, so a renamed file is still the
 * entry it was. A signature must lie beside its entry.
 */
export async function readExchange(files: ReadonlyMap<string, Buffer>): Promise<ReadExchange> {
  const read: ReadExchange = {
    candidates: [],
    documents: new Map(),
    attachments: new Map(),
    refused: [],
  };
  const refuse = (name: string, message: string) => read.refused.push({ name, code: 'malformed', message });
  const turn = takingTurns();
  for (const [name, bytes] of files) {
    await turn();
    if (name.startsWith('seen/')) {
      const digest = digestOf(bytes);
      if (name === `seen/${digest}.json`) read.documents.set(digest, bytes);
      else refuse(name, 'It is not the document that its name says: it was changed, cut off or renamed.');
    } else if (isAttachment(name)) {
      const attachment = readAttachment(name, bytes);
      if ('sha256' in attachment) read.attachments.set(attachment.sha256, bytes);
      else refuse(name, attachment.refused);
    } else if (name.startsWith('entries/') && name.endsWith('.sig')) {
      if (!files.has(name.slice(0, -'.sig'.length)))
        refuse(name, 'The entry that it signs is not beside it.');
    } else if (name.startsWith('entries/')) {
      const signature = files.get(`${name}.sig`);
      if (signature) read.candidates.push({ name, bytes, armoured: signature.toString('latin1') });
      else refuse(name, 'It has no signature beside it.');
    }
  }
  return read;
}
