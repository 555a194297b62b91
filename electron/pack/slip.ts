import type { Problem } from '../../shared/contract/common.ts';
import type { Path } from './schema-walk.ts';
import type { YamlSource } from './yaml-source.ts';

/** A mistake in a file, before it is known in which line it stands. */
export interface Slip {
  path: Path;
  /** What of a `key: value` is meant; the value unless it says otherwise. */
  part?: 'key' | 'value';
  message: string;
  hint?: string;
  /** Nothing stands at the path, and something must. */
  missing?: true;
  /** Where the key at the path probably belongs. */
  meant?: Path | null;
}

/** Puts slips in their places. A key that is missing because it was misspelt is one mistake, not two. */
export function placeSlips(source: YamlSource, slips: readonly Slip[]): Problem[] {
  const meant = new Set(slips.flatMap((slip) => (slip.meant ? [JSON.stringify(slip.meant)] : [])));
  return slips
    .filter(({ missing, path }) => !missing || !meant.has(JSON.stringify(path)))
    .map(({ path, part, message, hint }) => ({
      ...source.place(path, part),
      message,
      ...(hint && { hint }),
    }));
}
