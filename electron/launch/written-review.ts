import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../shared/contract/common.ts';
import type { ReviewDraft } from '../../shared/contract/signoff.ts';
import { needsReason, reviewStates } from '../../shared/review.ts';
import { formatBytes } from '../../shared/units.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import { fields, type Place, readSingleFile, sayFileError } from '../pack/index.ts';
import { largestAttachment, type Signoffs } from '../signoff/index.ts';

const item = fields.reference('item');

/** A review as somebody writes it in an editor, with items by the addresses that a pack has for them. */
const schema = z.strictObject({
  marks: z
    .array(z.strictObject({ item, state: z.enum(reviewStates), reason: fields.text().optional() }))
    .default([]),
  comments: z.array(z.strictObject({ item: item.optional(), text: fields.text() })).default([]),
  files: z.array(z.strictObject({ item: item.optional(), file: fields.text() })).default([]),
});

export type WrittenReview = { ok: true; draft: ReviewDraft } | { ok: false; problems: Problem[] };

interface ReadAgainst {
  checklist: Pick<OpenChecklist, 'items' | 'resolveItems'>;
  /** Keeps a file that goes with the review. Gives its SHA-256. */
  keep: Signoffs['keepAttachment'];
}

/**
 * Reads a review that was written by hand, and keeps the files that it names, which lie beside it. Nothing is signed by
 * this, and what was gathered for a review before stays as it is.
 */
export async function readWrittenReview(
  path: string,
  { checklist, keep }: ReadAgainst,
): Promise<WrittenReview> {
  const read = await readSingleFile(path, schema);
  if (!read.ok) return read;
  const { data, place } = read;
  const problems = [...emptyProblem(data, place([])), ...reasonProblems(data, place)];
  const about = (address: string | undefined, at: Place): About => {
    if (address === undefined) return { item: null, title: '' };
    const found = checklist.resolveItems(address);
    if (!found.ok) problems.push({ ...at, message: found.message });
    const row = found.ok ? checklist.items.find(({ id }) => found.ids.includes(id)) : undefined;
    return { item: row?.id ?? '', title: row?.title ?? '' };
  };

  const marks = data.marks.map(({ item: address, state, reason = '' }, index) => {
    const { item: id, title } = about(address, place(['marks', index, 'item']));
    return { item: id ?? '', title, state, reason: reason.trim() };
  });
  for (const [index, { item: id, title }] of marks.entries()) {
    if (id === '' || marks.findIndex((mark) => mark.item === id) === index) continue;
    const message = `"${title}" is marked twice. Remove one of the two.`;
    problems.push({ ...place(['marks', index, 'item']), message });
  }
  const comments = data.comments.map(({ item: address, text }, index) => ({
    ...about(address, place(['comments', index, 'item'])),
    text,
  }));
  const files: (About & { name: string; bytes: Buffer })[] = [];
  for (const [index, { item: address, file }] of data.files.entries()) {
    const said = about(address, place(['files', index, 'item']));
    const bytes = await bytesOf(resolve(dirname(path), file));
    if (Buffer.isBuffer(bytes)) files.push({ ...said, name: basename(file), bytes });
    else problems.push({ ...place(['files', index, 'file']), ...bytes });
  }
  if (problems.length > 0) return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) };
  const attachments = files.map(({ bytes, ...file }) => ({
    ...file,
    ...{ sha256: keep(bytes), bytes: bytes.length },
  }));
  return { ok: true, draft: { marks, comments, attachments } };
}

interface About {
  item: string | null;
  title: string;
}

type Data = z.output<typeof schema>;

function emptyProblem({ marks, comments, files }: Data, at: Place): Problem[] {
  if (marks.length + comments.length + files.length > 0) return [];
  return [{ ...at, message: 'The review says nothing. Add marks, comments or files to it.' }];
}

function reasonProblems({ marks }: Data, place: (path: (string | number)[]) => Place): Problem[] {
  return marks.flatMap(({ item: address, state, reason = '' }, index) => {
    if (!needsReason(state) || reason.trim() !== '') return [];
    const message = `"${address}" cannot be ${state} without a reason. Add reason: and say why.`;
    return [{ ...place(['marks', index, 'state']), message }];
  });
}

/** The bytes of a file that is to go with a review, or why it cannot. */
async function bytesOf(path: string): Promise<Buffer | Pick<Problem, 'message' | 'hint'>> {
  try {
    const found = await stat(path);
    if (!found.isFile())
      return { message: `${path} is no file.`, hint: 'Attach a file, or a zip of several.' };
    if (found.size > largestAttachment)
      return {
        message: `${path} is larger than ${formatBytes(largestAttachment)}.`,
        hint: 'Attach a part of it, or say in a comment where it lies.',
      };
    return await readFile(path);
  } catch (error) {
    const [message, hint] = sayFileError(error);
    return { message: `${path}: ${message}`, ...(hint && { hint }) };
  }
}
