import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from '../../electron/sandbox/index.ts';

const resources = join(import.meta.dirname, '../../resources/sandbox');

/** Ends whatever a test has left running in the sandbox of its data folder. */
export async function stopSandboxOf(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'sandbox');
  if (existsSync(folder)) await createSandbox({ folder, resources }).stop();
}

/** How often each job's script really began on the hosts of a sandbox, as the hosts themselves counted. */
export function startsOnHosts(dataFolder: string): Map<string, number> {
  const starts = new Map<string, number>();
  for (const host of ['stg-1', 'prd-1', 'prd-2']) {
    const jobs = join(dataFolder, 'sandbox', 'hosts', host, '.holdpoint', 'jobs');
    if (!existsSync(jobs)) continue;
    for (const job of readdirSync(jobs)) {
      const record = ['exit', 'record'].map((name) => join(jobs, job, name)).find(existsSync);
      const lines = record ? readFileSync(record, 'utf8').split('\n') : [];
      starts.set(`${host} ${job}`, lines.filter((line) => line === 'start').length);
    }
  }
  return starts;
}
