import type { Client } from '../../shared/contract/index.ts';
import type { Launch } from '../../shared/contract/pack.ts';
import type { ImportedView, ReviewFileView, TakenOver } from '../../shared/contract/signoff.ts';
import { InputError } from './exit.ts';
import { sharing } from './share.ts';
import type { Terminal } from './terminal.ts';
import { table } from './text.ts';

/** Writes one new zip, or adds to a shared folder. @throws InputError where it cannot be written, or was stopped */
export async function exportReview(
  client: Client,
  path: string,
  terminal: Pick<Terminal, 'say'>,
): Promise<ReviewFileView> {
  try {
    if (path.endsWith('.zip')) return await client.signoff.export({ path });
    return await sharing(client, terminal, (signal) => client.signoff.export({ path }, { signal }));
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

export function exportText(path: string, { files, sha256, leftOut }: ReviewFileView): string {
  return [
    `${files} files written to ${path}`,
    ...(sha256 ? [`SHA-256 ${sha256}`] : []),
    ...leftOut.map(({ name, why }) => `left out: ${name}. ${why}`),
  ].join('\n');
}

/** The stable shape of `review show --json`. */
export interface ShownReview {
  launch: string;
  mode: string;
  /** Null for a folder of one's own. */
  copy: Launch['copy'];
  items: {
    title: string;
    status: string;
    reason: string;
    measured: string;
    disputed: boolean;
    marks: { author: string; state: string; reason: string }[];
  }[];
  comments: { author: string; item: string | null; text: string }[];
}

/** What there is to review, and what reviewers say of it. */
export async function showReview(client: Client): Promise<ShownReview> {
  const [launch, { items }, { reviewed, comments }] = await Promise.all([
    client.pack.current(),
    client.checklist.get(),
    client.signoff.get(),
  ]);
  if (!launch) throw new InputError('No launch is open.');
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  return {
    launch: `${launch.system} ${launch.version}`,
    mode: launch.mode,
    copy: launch.copy,
    items: items.map(({ id, title, status, reason, gate }) => {
      const said = reviewed.find(({ item }) => item === id);
      const marks = (said?.marks ?? []).map(({ author, state, reason: why }) => ({
        ...{ author, state },
        reason: why,
      }));
      return {
        title,
        status,
        reason,
        measured: gate?.measured ?? '',
        disputed: said?.disputed ?? false,
        marks,
      };
    }),
    comments: comments.map(({ author, item, text }) => ({
      ...{ author, text },
      item: item && (titles.get(item) ?? item),
    })),
  };
}

export function showText({ launch, mode, copy, items, comments }: ShownReview): string {
  return [
    `${launch}, ${mode}${copy ? `, as ${copy.by} knew it at ${copy.writtenAt}` : ''}`,
    ...(copy ? [`SHA-256 of the file: ${copy.sha256}`] : []),
    ...(copy?.leftOut ?? []).map((name) => `left out, by its SHA-256: ${name}`),
    table(
      items.map(({ title, status, reason, measured, disputed, marks }) => [
        `  ${status}`,
        title,
        measured || reason,
        `${disputed ? 'disputed: ' : ''}${marks.map(({ author, state, reason: why }) => `${state} by ${author}${why && ` (${why})`}`).join(', ')}`,
      ]),
    ),
    ...comments.map(({ author, item, text }) => `${author}${item ? ` on ${item}` : ''}: ${text}`),
  ].join('\n');
}

/** @throws InputError where the file cannot be read as one */
export async function importReview(client: Client, path: string, keep: boolean): Promise<ImportedView> {
  try {
    return await client.signoff.import({ path, keep });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

export function importText({ added, known, refused, differing }: ImportedView, preview: boolean): string {
  const came = preview ? 'would come' : 'came';
  return [
    ...(added.length > 0
      ? [table(added.map(({ author, kind, claimedAt }) => [`  ${came}`, author, kind, claimedAt]))]
      : []),
    ...(refused.length > 0
      ? [table(refused.map(({ name, code, message }) => ['  refused', name, code, message]))]
      : []),
    ...(differing.length > 0 ? [`reviewed on another pack than the one here: ${differing.join(', ')}`] : []),
    `${added.length} new, ${known} known, ${refused.length} refused`,
  ].join('\n');
}

export function takeText({ taken, left }: TakenOver): string {
  return [
    ...taken.map(({ title, state }) => `${state}  ${title}`),
    ...left.map(({ title, why }) => `left  ${title}: ${why}`),
    `${taken.length} taken over, ${left.length} left`,
  ].join('\n');
}
