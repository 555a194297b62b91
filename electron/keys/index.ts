/**
 * The SSH keys that the present person can sign with: public halves in `~/.ssh`, keys of the agent, and a new one where
 * there is none. Private keys are never read; `ssh-keygen`, `ssh-add` and the agent have them.
 */
export { type KeyPlaces, listKeys, type SshKey } from './list.ts';
export { makeKey } from './make.ts';
