import { z } from 'zod';
import { boardTellers } from '../../board/index.ts';
import { checklistTellers } from '../../checklist/index.ts';
import { checkMeasured, checkTellers } from '../../checks/index.ts';
import type { Entry, Tables } from '../../journal/index.ts';
import { CopyError } from './errors.ts';

/** What people said of items, what was measured for them, and the clock. Runs and their output stay at home. */
const carried = [...checklistTellers, ...checkTellers, ...boardTellers].map(({ kind }) => kind);

/**
 * The entries of a launch from which its items are what they are, in their order. Of what was measured only the newest of
 * each check, machine and set of items: what came before it decides nothing.
 */
export function recordsOf(tables: Tables, launch: string): Entry[] {
  const marks = carried.map(() => '?').join(', ');
  const entries = tables
    .prepare(
      `SELECT * FROM entry WHERE json_extract(body, '$.launch') = ? AND kind IN (${marks})
       ORDER BY lamport, device, seq`,
    )
    .all(launch, ...carried) as Entry[];
  const newest = new Map<string, Entry>();
  const keyOf = (entry: Entry) => {
    const { check, host, items } = checkMeasured.parse(entry);
    return JSON.stringify([check, host, items]);
  };
  for (const entry of entries) if (entry.kind === checkMeasured.name) newest.set(keyOf(entry), entry);
  const kept = new Set(newest.values());
  return entries.filter((entry) => entry.kind !== checkMeasured.name || kept.has(entry));
}

const entry = z.strictObject({
  device: z.string(),
  seq: z.int(),
  lamport: z.int(),
  at: z.string(),
  author: z.string(),
  kind: z.enum(carried),
  body: z.string(),
  prev: z.string(),
  hash: z.string(),
});

export function writeRecords(entries: readonly Entry[]): Buffer {
  return Buffer.from(entries.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** @throws CopyError where a line is no entry of a launch's items */
export function readRecords(bytes: Buffer): Entry[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed = entry.safeParse(jsonOf(line));
      if (parsed.success) return parsed.data;
      throw new CopyError(`Line ${index + 1} of its records is none of Holdpoint. Have it sent again.`);
    });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
