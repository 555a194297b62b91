import { execFile } from 'node:child_process';
import { implement } from '@orpc/server';
import { settingsContract } from '../../shared/contract/settings.ts';
import type { Ability } from '../hosts/index.ts';
import type { Session } from '../launch/index.ts';

export function settingsProcedures(session: Session, version: string) {
  const os = implement(settingsContract);
  const { settings, host, dataFolder, secrets } = session;
  const ability = ({ can, why }: Ability) => ({ can, why });
  const secretNames = () => session.launch?.secretNames() ?? [];
  return {
    get: os.get.handler(() => settings.get()),
    set: os.set.handler(({ input }) => {
      session.changes.publish({ topic: 'settings' });
      return settings.set(input);
    }),
    about: os.about.handler(async () => ({
      holdpoint: version,
      sqlite: session.journal.prepare('SELECT sqlite_version()').pluck().get() as string,
      ssh: await sshVersion(),
      host: host.kind,
      dataFolder,
      node: process.versions.node,
      secrets: ability(host.secrets),
      keepAwake: ability(host.awake),
      notifications: ability(host.notifications),
      pickPath: ability(host.paths),
    })),
    secrets: os.secrets.handler(async () => {
      const known = await secrets.known(secretNames());
      return secretNames().map((name) => ({ name, kept: known.has(name) }));
    }),
    forgetSecret: os.forgetSecret.handler(async ({ input }) => {
      await secrets.forget(input.name);
      return null;
    }),
  };
}

/** What `ssh -V` says, which it says on standard error. */
function sshVersion(): Promise<string> {
  return new Promise((resolve) => {
    execFile('ssh', ['-V'], { timeout: 5000 }, (error, _stdout, stderr) =>
      resolve(error ? 'not found' : stderr.trim()),
    );
  });
}
