import { counted, formatBytes } from '../../shared/units.ts';
import { type Attachment, attachmentsOf, type ReviewSays, type SignedEntry } from '../signoff/index.ts';
import { type Block, heading, tableOr } from './blocks.ts';
import { attachmentFile, entryName } from './bundle-files.ts';
import type { AuditFacts } from './facts.ts';

/** The reviews, each with the files that it carries. @param keyOf of an entry, the fingerprint of its key in words */
export function reviewsOf(facts: AuditFacts, keyOf: (entry: SignedEntry) => string): Block[] {
  const rows = facts.entries.flatMap((entry, index) => {
    const { author, claimedAt, says } = entry.statement.predicate;
    if (says.kind !== 'review') return [];
    return [
      [
        author,
        claimedAt,
        `${counted(says.marks.length, 'mark')}, ${counted(says.comments.length, 'comment')}`,
        says.attachments
          .map((one) => wordsOf(one, titleOf(one.item, says.marks, facts.items), facts.documents))
          .join('; '),
        `${keyOf(entry)} ${entryName(entry, index)}`,
      ],
    ];
  });
  return [
    heading('Reviews'),
    tableOr('Nobody has reviewed.', ['By', 'Claimed time', 'Says', 'Files', 'Key and entry'], rows),
  ];
}

/** The title that was signed counts first; of an item that nobody knows by now, its id. */
function titleOf(item: string | null, marks: ReviewSays['marks'], items: AuditFacts['items']): string {
  const known = marks.find((mark) => mark.item === item) ?? items.find(({ id }) => id === item);
  return known?.title ?? item ?? '';
}

function wordsOf(attachment: Attachment, title: string, documents: AuditFacts['documents']): string {
  const { name, sha256, bytes } = attachment;
  const about = title && ` (${title})`;
  const where = bytesOf(attachment, documents)
    ? attachmentFile(sha256)
    : `NOT in this bundle, known only by its SHA-256 ${sha256}`;
  return `${name}${about}, ${formatBytes(bytes)}: ${where}`;
}

/** The files that the reviews carry, as far as they are here. */
export function attachmentFiles({ entries, documents }: AuditFacts): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const one of entries.flatMap(attachmentsOf)) {
    const bytes = bytesOf(one, documents);
    if (bytes) files.set(attachmentFile(one.sha256), bytes);
  }
  return files;
}

function bytesOf({ sha256, bytes }: Attachment, documents: AuditFacts['documents']): Buffer | null {
  const file = documents(sha256);
  return file?.length === bytes ? file : null;
}
