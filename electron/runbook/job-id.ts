import { createHash } from 'node:crypto';

/** Names one attempt of one step on one host, for the journal, the host's disk and the log file alike. */
export function jobId(run: string, step: string, batch: number, host: string, attempt: number): string {
  const plain = host.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 40);
  // Two hosts must never share a name once odd characters are gone.
  const where =
    plain === host
      ? host || 'console'
      : `${plain}-${createHash('sha256').update(host).digest('hex').slice(0, 8)}`;
  return [run, step, ...(batch >= 0 ? [`b${batch + 1}`] : []), where, attempt].join('-');
}
