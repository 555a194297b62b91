import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { hostNames, type Layout } from './layout.ts';
import { writeWhole } from './write.ts';

/** One version of one system on its way to production, and the version that serves before it. */
const system = z.object({
  /** As in file names and addresses: `apex-ranker`. */
  name: z.string(),
  version: z.string(),
  previous: z.string(),
});
export type System = z.infer<typeof system>;

const memory = z.object({
  hosts: z.array(
    z.object({ name: z.string(), port: z.number(), services: z.record(z.string(), z.number()) }),
  ),
  systems: z.array(system),
});
/** What a sandbox keeps from one start to the next: its systems, and its ports, 0 where none was chosen yet. */
export type Memory = z.infer<typeof memory>;

export function readMemory(layout: Layout, systems: readonly System[]): Memory {
  const kept = memory.safeParse(readJson(layout.memory));
  const known = kept.success ? kept.data : { hosts: [], systems: [] };
  const names = new Set(systems.map(({ name }) => name));
  return {
    systems: [...systems, ...known.systems.filter(({ name }) => !names.has(name))],
    hosts: hostNames.map(
      (name) => known.hosts.find((host) => host.name === name) ?? { name, port: 0, services: {} },
    ),
  };
}

export function writeMemory(layout: Layout, kept: Memory): void {
  writeWhole(layout.memory, `${JSON.stringify(kept, null, 2)}\n`);
}

/**
 * The value of a secret, made up when it is first asked for and the same from then on. A name that ends in `API_KEYS`
 * gets the keys of the demo services, whatever stands before it.
 */
export function secretValue(layout: Layout, name: string): string {
  const kept = z.record(z.string(), z.string()).safeParse(readJson(layout.secrets));
  const values = kept.success ? kept.data : {};
  const key = name.endsWith('API_KEYS') ? 'API_KEYS' : name;
  const known = values[key];
  if (known) return known;
  const fresh = () => randomBytes(20).toString('hex');
  const value = key === 'API_KEYS' ? `rehearsal:${fresh()},checks:${fresh()}` : fresh();
  writeWhole(layout.secrets, `${JSON.stringify({ ...values, [key]: value }, null, 2)}\n`, 0o600);
  return value;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
