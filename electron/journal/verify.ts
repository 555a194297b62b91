import type { Database } from 'better-sqlite3';
import { type Entry, hashEntry } from './entry.ts';

export interface ChainReport {
  entries: number;
  /** Hash of each device's last good entry. */
  heads: Record<string, string>;
  /** The first entry that does not fit, and why. Nothing after it on that device can be believed. */
  broken: { device: string; seq: number; why: string } | null;
}

/** Walks every device's chain: numbered without gaps, linked by `prev`, each hash right. */
export function verifyChains(db: Database): ChainReport {
  const heads: Record<string, string> = {};
  let entries = 0;
  let device = '';
  let seq = 0;
  let prev = '';
  for (const entry of db.prepare('SELECT * FROM entry ORDER BY device, seq').iterate() as Iterable<Entry>) {
    if (entry.device !== device) [device, seq, prev] = [entry.device, 0, ''];
    const why = objection(entry, seq + 1, prev);
    if (why) return { entries, heads, broken: { device, seq: entry.seq, why } };
    [seq, prev] = [entry.seq, entry.hash];
    heads[device] = entry.hash;
    entries += 1;
  }
  return { entries, heads, broken: null };
}

function objection(entry: Entry, seq: number, prev: string): string | null {
  if (entry.seq !== seq) return `entry ${seq} is missing`;
  if (entry.prev !== prev) return 'it does not follow the entry before it';
  if (entry.hash !== hashEntry(entry)) return 'its content does not match its hash';
  return null;
}
