import { SignoffError } from '../errors.ts';
import { decodeBase64 } from '../ssh/armour.ts';
import type { Certificate } from '../ssh/certificate.ts';
import { type PublicKey, parsePublicKey } from '../ssh/key.ts';
import { isKrl, parseKrl } from './krl.ts';

/** What a list may name: a key, or the certificate that came with it. */
export interface RevocableKey extends Pick<PublicKey, 'blob'> {
  certificate?: Pick<Certificate, 'authority' | 'serial' | 'keyId'> | null;
}

/** Keys whose signatures count no more, whenever they were made. */
export interface RevokedKeys {
  has(key: RevocableKey): boolean;
}

export const noneRevoked: RevokedKeys = { has: () => false };

/**
 * Reads a list of revoked keys as `ssh-keygen -r` takes it: public keys, one a line, or a binary list. A line that cannot
 * be read makes the whole list unusable, because nobody can tell which key it was meant to revoke.
 * @throws SignoffError `malformed`, `unsupported`
 */
export function parseRevokedKeys(bytes: Buffer): RevokedKeys {
  if (isKrl(bytes)) return parseKrl(bytes);
  const revoked = new Set<string>();
  bytes
    .toString('utf8')
    .split('\n')
    .forEach((line, index) => {
      if (/^\s*(#|$)/.test(line)) return;
      revoked.add(readKey(line.trim(), index + 1).toString('base64'));
    });
  return { has: ({ blob }) => revoked.has(blob.toString('base64')) };
}

function readKey(line: string, number: number): Buffer {
  const [, key = ''] = line.split(/\s+/);
  try {
    return parsePublicKey(decodeBase64(key, 'The key')).blob;
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    throw new SignoffError(
      error.code,
      `Line ${number} of the list of revoked keys: ${error.message} Until it can be read, no signature counts.`,
    );
  }
}
