import type { HostLayout, Layout } from './layout.ts';
import { quotedPath } from './ssh-config.ts';

/** Every process of a sandbox carries its folder in this variable, so that stopping finds them all. */
export const marker = 'HOLDPOINT_SANDBOX';

export interface SshdSettings {
  layout: Layout;
  host: HostLayout & { name: string };
  port: number;
  user: string;
  /** Root's password is locked: only PAM lets such an account in with a key. */
  usePam: boolean;
  /** Null where there is none: the host then does without sftp. */
  sftpServer: string | null;
}

/**
 * One server's configuration. It listens on loopback, lets in one user with one key, and reads nothing of that user's
 * own: HOME is the host's folder, and the session script goes there before anything else runs.
 */
export function sshdConfig({ layout, host, port, user, usePam, sftpServer }: SshdSettings): string {
  const path = [layout.bin, '/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const environment = [
    `HOME=${host.home}`,
    `PATH=${path.join(':')}`,
    `${marker}=${layout.folder}`,
    `HOLDPOINT_HOST=${host.name}`,
  ];
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey "${host.hostKey}"
PidFile "${host.sshdPid}"
AuthorizedKeysFile ${quotedPath(host.authorizedKeys)}
AllowUsers ${user}
PermitRootLogin prohibit-password
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM ${usePam ? 'yes' : 'no'}
StrictModes no
PermitUserEnvironment no
PermitUserRC no
X11Forwarding no
PrintMotd no
PrintLastLog no
UseDNS no
SetEnv ${environment.map((entry) => `"${entry}"`).join(' ')}
ForceCommand '${layout.session}'
Subsystem sftp ${sftpServer}
${optionalLines.join('\n')}
`;
}

/**
 * Lines that only newer servers know and that are left out for the others.
 * Servers from 9.8 on shut out an address after failed logins; here every address is the same one.
 */
export const optionalLines = ['PerSourcePenalties no'];

/**
 * What every session runs: the command it was asked for, by `sh`, in the host's home. sshd itself would start it in
 * the user's real home, whatever HOME says.
 */
export const sessionScript = `#!/bin/sh
cd "$HOME" || exit 1
if [ -z "\${SSH_ORIGINAL_COMMAND-}" ]; then
  PS1="$HOLDPOINT_HOST:\\$PWD $ "
  export PS1
  exec /bin/sh -i
fi
command=$SSH_ORIGINAL_COMMAND
unset SSH_ORIGINAL_COMMAND
exec /bin/sh -c "$command"
`;
