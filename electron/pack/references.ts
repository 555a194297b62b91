import type { Problem } from '../../shared/contract/common.ts';
import type { ReferenceKind } from './notes.ts';
import type { Found } from './schema-walk.ts';
import { didYouMean } from './suggest.ts';
import type { YamlSource } from './yaml-source.ts';

/** A file that could be read, and what it refers to. */
export interface LinkedSource {
  source: YamlSource;
  references: Found[];
}

/** Kinds of names that are looked up among those the pack defines. */
export type NamedKind = Exclude<ReferenceKind, 'file' | 'heading' | 'item' | 'items'>;

/** The names there are, by kind; null where the place that defines them could not be read. */
export type Names = Record<NamedKind, readonly string[] | null>;

/** Says which names point at nothing, what was probably meant, and what there is. */
export function findDangling(references: readonly Found[], source: YamlSource, names: Names): Problem[] {
  return references.flatMap(({ refersTo, name, path, isKey }) => {
    const known = isNamed(refersTo) ? names[refersTo] : null;
    if (!isNamed(refersTo) || !known || known.includes(name)) return [];
    const [one, plural, whereToAdd] = words[refersTo];
    const hint =
      known.length > 0
        ? `${didYouMean(name, known)}${plural}: ${some(known)}.`
        : `${plural}: none yet. ${whereToAdd}`;
    const message = `${JSON.stringify(name)} is not ${one}.`;
    return [{ ...source.place(path, isKey ? 'key' : 'value'), message, hint }];
  });
}

/** A handful of names, and how many more there are. */
function some(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 12).join(', '), names.length - 12];
  return more > 0 ? `${shown} and ${more} more` : shown;
}

export const isNamed = (kind: ReferenceKind): kind is NamedKind => Object.hasOwn(words, kind);

const words: Record<NamedKind, [one: string, plural: string, whereToAdd: string]> = {
  role: ['a role', 'Roles', 'Add it under "roles" in launch.yaml.'],
  target: ['a target', 'Targets', 'Add it under "targets" in launch.yaml.'],
  host: ['a host of a target', 'Hosts', 'Add it to a target in launch.yaml.'],
  place: ['a target or host', 'Targets and hosts', 'Add it under "targets" in launch.yaml.'],
  runbook: ['a runbook', 'Runbooks', 'Add the file to the folder "runbooks".'],
  check: ['the name of a check', 'Named checks', 'Give a check in launch.yaml this "name".'],
  need: ['one of the needs of this runbook', 'Needs', 'Add it under "needs" at the top of the file.'],
};
