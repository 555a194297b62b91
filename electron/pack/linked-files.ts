import type { Problem } from '../../shared/contract/common.ts';
import { digestOf, namesIn } from './files.ts';
import { pathProblem } from './pack-path.ts';
import type { LinkedSource } from './references.ts';
import { didYouMean } from './suggest.ts';

/**
 * Looks for every file that a pack's files name as there: the checklist, templates.
 * @param absent digests of files that a copy of the pack is known to be without
 */
export async function checkLinkedFiles(
  folder: string,
  sources: readonly LinkedSource[],
  absent: Readonly<Record<string, string>> = {},
): Promise<{ digests: Record<string, string>; problems: Problem[] }> {
  const digests: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const { source, references } of sources) {
    for (const { refersTo, name, path, isKey } of references) {
      if (refersTo !== 'file') continue;
      const place = source.place(path, isKey ? 'key' : 'value');
      const outside = pathProblem(name);
      const known = absent[name];
      const digest =
        known !== undefined
          ? { ok: true as const, value: known }
          : outside
            ? null
            : await digestOf(folder, name);
      if (digest?.ok) digests[name] = digest.value;
      else if (digest) {
        const message = `${JSON.stringify(name)}: ${digest.problem.message}`;
        problems.push({ ...place, message, hint: (await nearBy(folder, name)) || digest.problem.hint });
      } else if (outside) problems.push({ ...place, ...outside });
    }
  }
  return { digests, problems };
}

/** `Did you mean "templates/env"?`, from the names in the same folder. */
async function nearBy(folder: string, file: string): Promise<string> {
  const parent = file.slice(0, file.lastIndexOf('/') + 1);
  const names = await namesIn(folder, parent);
  const candidates = names.ok ? (names.value ?? []).map((name) => parent + name) : [];
  return didYouMean(
    file,
    candidates.filter((candidate) => candidate !== file),
  ).trim();
}
