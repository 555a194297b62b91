import { randomBytes } from 'node:crypto';

/** Names a run on hosts, in folders and in the journal: `r4505943e0c`. */
export function newRunId(): string {
  return `r${randomBytes(5).toString('hex')}`;
}
