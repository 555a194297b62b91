import type { Pack, TargetFile } from '../pack/index.ts';
import { environmentName } from '../runbook/index.ts';

/** What `{name}` stands for on a host outside of a run; on this machine where the host is null. */
export function valuesOn(
  pack: Pack,
  host: string | null,
  overrides: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Record<string, string> {
  const { system, version, targets } = pack.launch;
  const target = targets.find(({ hosts }) => host !== null && hosts.includes(host));
  return {
    ...target?.vars,
    ...hostVarsOf(target, host),
    ...(host === null ? {} : overrides[host]),
    system,
    version,
    ...(target ? { target: target.name } : {}),
    ...(host === null ? {} : { host }),
    pack: pack.folder,
  };
}

function hostVarsOf(target: TargetFile | undefined, host: string | null): Record<string, string> {
  return (host !== null && target?.hostVars[host]) || {};
}

/** The same as the environment of scripts. */
export function environmentOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [environmentName(name), value]));
}
