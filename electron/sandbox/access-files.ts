import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureKey } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Memory } from './memory.ts';
import { knownHosts, sshConfig } from './ssh-config.ts';
import { sessionScript } from './sshd-config.ts';
import type { Tools } from './tools.ts';
import { writeWhole } from './write.ts';

/** Writes everything that lets one user with one key in: keys, configuration, known hosts, the session script. */
export async function writeAccess(
  layout: Layout,
  { hosts }: Memory,
  tools: Tools,
  user: string,
): Promise<void> {
  const [client = '', ...publicKeys] = await Promise.all([
    ensureKey(tools.sshKeygen, layout.clientKey, 'holdpoint-sandbox'),
    ...hosts.map(({ name }) => ensureKey(tools.sshKeygen, layout.host(name).hostKey, name)),
  ]);
  for (const { name } of hosts) writeWhole(layout.host(name).authorizedKeys, `${client}\n`);
  const keyed = hosts.map((host, index) => ({ ...host, publicKey: publicKeys[index] ?? '' }));
  writeWhole(layout.knownHosts, knownHosts(keyed));
  writeWhole(layout.sshConfig, sshConfig(layout, hosts, user));
  writeWhole(layout.session, sessionScript, 0o700);
  link(tools.node, join(layout.bin, 'node'));
}

/** Replaces the link in one step: a session may be looking for it. */
function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.part`;
  rmSync(partial, { force: true });
  symlinkSync(target, partial);
  renameSync(partial, path);
}
