import type { Client } from '../../shared/contract/index.ts';
import type { ImportedView } from '../../shared/contract/signoff.ts';
import { InputError } from './exit.ts';
import { table } from './text.ts';

export function exportReview(client: Client, path: string): Promise<{ files: number }> {
  return client.signoff.export({ path });
}

/** @throws InputError where the file cannot be read as one */
export async function importReview(client: Client, path: string, keep: boolean): Promise<ImportedView> {
  try {
    return await client.signoff.import({ path, keep });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

export function importText({ added, known, refused }: ImportedView, preview: boolean): string {
  const came = preview ? 'would come' : 'came';
  return [
    ...(added.length > 0
      ? [table(added.map(({ author, kind, claimedAt }) => [`  ${came}`, author, kind, claimedAt]))]
      : []),
    ...(refused.length > 0
      ? [table(refused.map(({ name, code, message }) => ['  refused', name, code, message]))]
      : []),
    `${added.length} new, ${known} known, ${refused.length} refused`,
  ].join('\n');
}
