import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SshLab } from './sshd.ts';

/** A folder with an `ssh` that knows the lab's hosts: the product has no option for another configuration. */
export function labClient(lab: Pick<SshLab, 'configFile' | 'folder'>): string {
  const folder = join(lab.folder, 'client');
  mkdirSync(folder, { recursive: true });
  const both = join(folder, 'config');
  writeFileSync(both, `BatchMode yes\nStrictHostKeyChecking yes\nInclude "${lab.configFile}"\n`);
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nshift 2\nexec /usr/bin/ssh -F '${both}' "$@"\n`, {
    mode: 0o755,
  });
  return folder;
}
