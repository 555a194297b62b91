import type { z } from 'zod';
import { targetSchema } from './launch-schema.ts';
import { valueAt } from './schema-walk.ts';
import type { TargetFile } from './types.ts';

export interface ReadTarget {
  name: string;
  hosts: { name: string; vars: Record<string, string> }[];
  rehearsal: boolean;
  batches: TargetFile['batches'];
  vars: Record<string, string>;
}

/** The targets of a launch file that are well-formed, whatever is wrong with the rest of the file. */
export function targetsOf(launch: unknown): ReadTarget[] {
  const group = valueAt(launch, ['targets']);
  if (typeof group !== 'object' || group === null) return [];
  return Object.entries(group).flatMap(([name, value]) => {
    const parsed = targetSchema.safeParse(value);
    return parsed.success ? [readTarget(name, parsed.data)] : [];
  });
}

export function readTarget(
  name: string,
  { hosts, batches, vars, rehearsal }: z.output<typeof targetSchema>,
): ReadTarget {
  return {
    name,
    hosts: hosts.map((host) => (typeof host === 'string' ? { name: host, vars: {} } : host)),
    rehearsal,
    batches: batches.map((batch) => (typeof batch === 'number' ? { count: batch } : batch)),
    vars,
  };
}
