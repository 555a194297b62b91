/**
 * Hosts as the operator's own `ssh` reaches them.
 *
 * `createSsh` runs programs over one warm connection per host and keeps to ssh_config, agents and known_hosts.
 * `createLocalShell` runs the same programs on this machine. `quote` makes any value one word of shell.
 */
export { createLocalShell, type LocalShellOptions, laptop } from './local-shell.ts';
export { createSsh, type SshOptions } from './open-ssh.ts';
export { quote } from './quote.ts';
export * from './types.ts';
