import { formatBytes } from '../../../shared/units.ts';
import type { SignedEntry } from '../entries/entry.ts';
import { SignoffError } from '../errors.ts';
import { digestOf } from '../statement/canonical.ts';
import type { ReviewSays } from '../statement/statement.ts';

/** A file that goes with a review. Its bytes lie beside the entries under their SHA-256, which the entry has signed. */
export type Attachment = ReviewSays['attachments'][number];

/** Of one file; a picture or a log is far below it. */
export const largestAttachment = 8 * 1024 * 1024;
const mostAttachments = 20;
const folder = 'attachments/';

export const attachmentName = (sha256: string) => `${folder}${sha256}`;

export function attachmentsOf({ statement }: SignedEntry): readonly Attachment[] {
  const { says } = statement.predicate;
  return says.kind === 'review' ? says.attachments : [];
}

/** Reads a file of an exchange that may be an attachment: its digest, or why it is not taken. */
export function readAttachment(name: string, bytes: Buffer): { sha256: string } | { refused: string } {
  if (bytes.length > largestAttachment)
    return { refused: `It has ${bytes.length} bytes; an attachment has ${largestAttachment} at the most.` };
  const sha256 = digestOf(bytes);
  if (name === attachmentName(sha256)) return { sha256 };
  return { refused: 'It is not the file that its name says: it was changed, cut off or renamed.' };
}

export const isAttachment = (name: string) => name.startsWith(folder);

/** @throws SignoffError `malformed` */
export function assertSize(bytes: Buffer): void {
  if (bytes.length <= largestAttachment) return;
  const most = formatBytes(largestAttachment);
  throw new SignoffError(
    'malformed',
    `The file is larger than ${most}. Attach a part of it, or say where it lies.`,
  );
}

/** @throws SignoffError `malformed` where so much cannot be signed, or a file is not here */
export function assertAttachable(
  attachments: readonly Attachment[],
  bytesOf: (sha256: string) => Buffer | null,
): void {
  if (attachments.length > mostAttachments)
    throw new SignoffError('malformed', `A review has ${mostAttachments} files at the most. Sign it in two.`);
  for (const { name, sha256, bytes } of attachments) {
    if (bytesOf(sha256)?.length === bytes && bytes <= largestAttachment) continue;
    throw new SignoffError(
      'malformed',
      `The file ${name} is not here any more. Drop it and attach it again.`,
    );
  }
}
