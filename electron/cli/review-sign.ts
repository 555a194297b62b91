import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Client } from '../../shared/contract/index.ts';
import type { ReviewDraft, ReviewFileView } from '../../shared/contract/signoff.ts';
import { renderProblems } from '../pack/index.ts';
import { InputError } from './exit.ts';
import { exportReview, exportText } from './review.ts';
import { type AnswerPrompt, signing } from './sign.ts';
import type { Terminal } from './terminal.ts';
import { table } from './text.ts';

/** The stable shape of `review sign --json`. */
export interface SignedReview {
  author: string;
  /** `item` is the title. Null: about the whole. */
  marks: { item: string; state: string; reason: string }[];
  comments: { item: string | null; text: string }[];
  attachments: { item: string | null; name: string; sha256: string; bytes: number }[];
  /** What was written to be sent back; null where nothing was to be. */
  written: ReviewFileView | null;
}

/** What is to be signed by whom: a review in a YAML file. */
export interface ReviewBy {
  as: string;
  keyFile: string;
  file: string;
}

/**
 * Signs a review that was written by hand, and writes what is to be sent back where a path is given.
 * @throws InputError when nothing was signed, or nothing written
 */
export async function signReview(
  client: Client,
  { file, ...by }: ReviewBy,
  path: string | null,
  terminal: Pick<Terminal, 'say'> & { ask: AnswerPrompt },
): Promise<SignedReview> {
  if (path?.endsWith('.zip')) assertCanBeNew(path);
  const read = await client.signoff.readReview({ path: file });
  if (!read.ok) throw new InputError(renderProblems(read.problems));
  await signing(client, terminal.ask, () => client.signoff.review({ ...by, ...read.draft }));
  return {
    ...saidOf(by.as, read.draft),
    written: path === null ? null : await exportSigned(client, path, terminal),
  };
}

/** Found out after signing, it would be signed again when the command is given again. */
function assertCanBeNew(path: string): void {
  if (existsSync(path))
    throw new InputError(`There is a ${path} already. Name one that is not there. Nothing was signed.`);
  if (!existsSync(dirname(path)))
    throw new InputError(
      `There is no folder ${dirname(path)}. Make it, or name another. Nothing was signed.`,
    );
}

async function exportSigned(
  client: Client,
  path: string,
  terminal: Pick<Terminal, 'say'>,
): Promise<ReviewFileView> {
  try {
    return await exportReview(client, path, terminal);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `It is signed and kept, but was not written to ${path} (${why}). Write it with holdpoint review export; do not sign again.`,
    );
  }
}

function saidOf(
  author: string,
  { marks, comments, attachments }: ReviewDraft,
): Omit<SignedReview, 'written'> {
  const about = ({ item, title }: { item: string | null; title: string }) => item && title;
  return {
    author,
    marks: marks.map(({ title, state, reason }) => ({ item: title, state, reason })),
    comments: comments.map(({ text, ...said }) => ({ item: about(said), text })),
    attachments: attachments.map(({ name, sha256, bytes, ...said }) => ({
      ...{ item: about(said), name },
      ...{ sha256, bytes },
    })),
  };
}

export function signedText(signed: SignedReview, path: string | null): string {
  const { author, marks, comments, attachments, written } = signed;
  const on = (item: string | null) => item ?? 'the whole';
  return [
    `signed by ${author}`,
    table([
      ...marks.map(({ item, state, reason }) => [`  ${state}`, item, reason]),
      ...comments.map(({ item, text }) => ['  comment', on(item), text]),
      ...attachments.map(({ item, name }) => ['  file', on(item), name]),
    ]),
    ...(path !== null && written ? [exportText(path, written)] : []),
  ].join('\n');
}
