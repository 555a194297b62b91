import type { Layout } from './layout.ts';

export interface HostPort {
  name: string;
  port: number;
}

/**
 * The client's configuration for the sandbox alone, to be passed with `ssh -F`. ssh then reads neither the user's nor
 * the system's configuration; the lines below keep it from the user's keys, agent and known hosts as well.
 */
export function sshConfig(layout: Layout, hosts: readonly HostPort[], user: string): string {
  const one = ({ name, port }: HostPort) => `Host ${name}\n  Port ${port}\n`;
  return `# Written by Holdpoint for its sandbox. Try: ssh -F '${layout.sshConfig}' ${hosts[0]?.name}
${hosts.map(one).join('')}
Host ${hosts.map(({ name }) => name).join(' ')}
  HostName 127.0.0.1
  User ${user}
  IdentityFile ${quotedPath(layout.clientKey)}
  IdentitiesOnly yes
  IdentityAgent none
  CertificateFile none
  UserKnownHostsFile ${quotedPath(layout.knownHosts)}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  UpdateHostKeys no
  PreferredAuthentications publickey
  ForwardAgent no
  ForwardX11 no
`;
}

/** `known_hosts` with the keys the sandbox made itself: nobody has to accept them. */
export function knownHosts(hosts: readonly (HostPort & { publicKey: string })[]): string {
  return hosts
    .map(({ port, publicKey }) => `[127.0.0.1]:${port} ${publicKey.split(' ').slice(0, 2).join(' ')}\n`)
    .join('');
}

/** ssh and sshd expand `%` in most paths; `%%` is a plain one. */
export function quotedPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}
