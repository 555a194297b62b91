import { z } from 'zod';
import type { Path } from './schema-walk.ts';
import type { Slip } from './slip.ts';

/** Name of a value that reaches scripts: a letter first, so that it can stand in `{…}` and in the environment. */
export const scriptName = () =>
  z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_-]*$/,
      'is not a name for a value: use letters, digits, _ and -, with a letter first.',
    );

/** The name a value has in a script's environment: `top-k` is `$TOP_K`. */
const environmentName = (name: string) => name.replaceAll('-', '_').toUpperCase();

/**
 * Taken in every script: values that are there in any case, and variables that change how a shell, a linker or SSH
 * itself works.
 */
const taken = new Set(
  `version release previous previous_version run host system target pack
  path home user logname shell pwd oldpwd ifs env bash_env ps4 lang lc_all tmpdir
  ld_preload ld_library_path ssh_auth_sock ssh_connection ssh_client`
    .split(/\s+/)
    .map(environmentName),
);

/** Names that a script could not tell from others, of those that reach it together. */
export function findNameSlips(names: readonly { name: string; path: Path; part: 'key' | 'value' }[]): Slip[] {
  const seen = new Map<string, string>();
  return names.flatMap(({ name, path, part }): Slip[] => {
    const variable = environmentName(name);
    const other = seen.get(variable);
    seen.set(variable, other ?? name);
    if (taken.has(variable)) {
      const message = `${JSON.stringify(name)} has a meaning already: $${variable} in scripts.`;
      return [{ path, part, message, hint: 'Give it another name.' }];
    }
    if (other === undefined) return [];
    const message = `${JSON.stringify(name)} and ${JSON.stringify(other)} are both $${variable} in scripts.`;
    return [{ path, part, message, hint: 'Rename one of the two.' }];
  });
}
