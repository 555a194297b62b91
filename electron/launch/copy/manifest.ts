import { z } from 'zod';
import { mode } from '../../../shared/contract/common.ts';
import { pathProblem } from '../../pack/index.ts';
import { CopyError } from './errors.ts';

export const manifestFile = 'review.json';
export const recordsFile = 'records.jsonl';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const named = z.object({ name: z.string().min(1), sha256, bytes: z.int().nonnegative() });

/** What a review file carries besides what was signed: a pack, and what was known of its items at one moment. */
export const manifest = z.object({
  format: z.literal('holdpoint-review-1'),
  launch: z.string(),
  system: z.string(),
  version: z.string(),
  mode,
  /** When items and evidence were as they are in it. A copy that is exported again says the same. */
  writtenAt: z.iso.datetime(),
  /** Who wrote it, as they call themselves. */
  by: z.string(),
  /** Files of the pack: `name` in its folder, `at` in the review file. */
  files: z.array(named.extend({ at: z.string() })),
  /** Files that the pack names and that are too large to send. */
  leftOut: z.array(named),
  /** SHA-256 of the records. */
  records: sha256,
});
export type Manifest = z.infer<typeof manifest>;

/** Reads what another program may have written. @throws CopyError with what is wrong */
export function readManifest(bytes: Buffer): Manifest {
  const parsed = manifest.safeParse(parseJson(bytes));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CopyError(
      `Its ${manifestFile} cannot be read: ${issue?.path.join('.')} ${issue?.message}. Have it sent again, or update Holdpoint.`,
    );
  }
  const names = parsed.data.files.map(({ name }) => name);
  const outside = names.find((name) => !isInside(name));
  if (outside !== undefined)
    throw new CopyError(`It is refused: ${JSON.stringify(outside)} would be written outside its folder.`);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    throw new CopyError('It is refused: it has two files of one name.');
  return parsed.data;
}

/** Whether a name means a file below the folder it is written to, and the same one on every system. */
function isInside(name: string): boolean {
  const parts = name.split('/');
  if (pathProblem(name) !== null || /[\\\0:]/.test(name)) return false;
  return parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
