/**
 * Hosts as the operator's own `ssh` reaches them, and jobs on them that outlive the link and never start twice.
 *
 * `createSsh` runs programs over one warm connection per host and keeps to ssh_config, agents and known_hosts.
 * `createJobs` starts, follows, re-attaches and ends detached jobs; those of this machine have the host `laptop`.
 * `upload` puts a file on a host whole or not at all. `quote` makes any value one word of shell.
 */
export { createJobs, type JobsOptions } from './jobs.ts';
export { createLocalShell, type LocalShellOptions } from './local-shell.ts';
export { createSsh, type SshOptions } from './open-ssh.ts';
export { quote } from './quote.ts';
export * from './types.ts';
export { type Uploaded, type UploadOptions, upload } from './upload.ts';
