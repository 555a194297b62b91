import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { fileNamePart } from './layout.ts';
import { writeWhole } from './write.ts';

export interface Installation {
  root: string;
  version: string;
  port: number;
  apiKeys: string;
  bundle: Bundle;
  /** The service script. */
  script: string;
  now: Date;
}

/**
 * Leaves a root as a good deploy of the version leaves it: release folder, record of its outcome, settings, `current`.
 * A root that has a `current` already keeps what was deployed there.
 */
export function install({ root, version, port, apiKeys, bundle, script, now }: Installation): void {
  const release = `${fileNamePart(version)}-base`;
  for (const folder of ['bin', 'releases/.holdpoint', 'shared/data', 'shared/logs', 'shared/run']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  // As a new file: a shell may be reading the old one.
  writeWhole(join(root, 'bin', 'service'), readFileSync(script), 0o755);
  if (existsSync(join(root, 'current'))) {
    setPort(join(root, 'shared', '.env'), port);
    return;
  }
  for (const { path, mode, content } of bundle.files) {
    writeWhole(join(root, 'releases', release, path), content, mode);
  }
  const record = {
    release,
    version,
    sha256: bundle.sha256,
    run: 'sandbox',
    at: now.toISOString(),
    outcome: 'good',
  };
  writeWhole(join(root, 'releases', '.holdpoint', `${release}.json`), `${JSON.stringify(record)}\n`, 0o644);
  writeWhole(join(root, 'shared', '.env'), environment({ version, port, apiKeys }));
  // Last: it tells that the rest is there.
  symlinkSync(join('releases', release), join(root, 'current'));
}

function environment({ version, port, apiKeys }: Pick<Installation, 'version' | 'port' | 'apiKeys'>): string {
  return `PORT=${port}
API_KEYS=${apiKeys}
VERSION=${version}
RATE_LIMIT_PER_USER_PER_HOUR=100
RATE_LIMIT_GLOBAL_PER_HOUR=1000
LOG_LEVEL=info
`;
}

/** The port it had may have been taken by another program since. */
function setPort(path: string, port: number): void {
  if (!existsSync(path)) return;
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(/^PORT=.*$/m, `PORT=${port}`);
  if (changed !== text) writeWhole(path, changed);
}
