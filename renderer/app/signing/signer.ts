import type { SigningKeyView } from '../../../shared/contract/signoff.ts';

/** By which name of allowed_signers, and with which key. */
export interface Signer {
  as: string;
  keyFile: string;
  /** Why the signature would not count all the same; empty where it would. */
  caution: string;
}

/** Every name that a key here may sign for, for what is not tied to a role. */
export function keysOf(keys: readonly SigningKeyView[] | undefined): Signer[] {
  return (keys ?? []).flatMap(({ keyFile, names }) => names.map((as) => ({ as, keyFile, caution: '' })));
}
