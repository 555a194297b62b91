import type { Pack } from '../pack/index.ts';
import { environmentName, fillPlain } from '../runbook/index.ts';

/** Values that win over the pack's, by host: what the sandbox says. */
export type Overrides = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What `{name}` stands for on a host outside of a run; on this machine where the host is null. */
export function valuesOn(pack: Pack, host: string | null, overrides: Overrides): Record<string, string> {
  const { system, version, targets } = pack.launch;
  const general = { system, version, pack: pack.folder };
  if (host === null) return general;
  const target = targets.find(({ hosts }) => hosts.includes(host));
  return {
    ...target?.vars,
    ...target?.hostVars[host],
    ...overrides[host],
    ...general,
    ...(target ? { target: target.name } : {}),
    host,
  };
}

/** The same as the environment of scripts. */
export function environmentOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [environmentName(name), value]));
}

/** Puts values in the place of `{name}`. @throws UnknownValue */
export function fillValues(text: string, values: Readonly<Record<string, string>>): string {
  return fillPlain(text, { known: values, secrets: [] });
}
