import { SignoffError } from '../errors.ts';
import { decodeBase64 } from '../ssh/armour.ts';
import { type PublicKey, parsePublicKey } from '../ssh/key.ts';

/** Keys whose signatures count no more, whenever they were made. */
export interface RevokedKeys {
  has(key: Pick<PublicKey, 'blob'>): boolean;
}

export const noneRevoked: RevokedKeys = { has: () => false };

/**
 * Reads a list of public keys, one a line, as `ssh-keygen -r` takes it. A line that cannot be read makes the whole list
 * unusable, because nobody can tell which key it was meant to revoke. Binary lists (KRL) are not read.
 * @throws SignoffError `malformed`, `unsupported`
 */
export function parseRevokedKeys(bytes: Buffer): RevokedKeys {
  if (bytes.subarray(0, 6).toString('latin1') === 'SSHKRL') {
    throw new SignoffError(
      'unsupported',
      'The list of revoked keys is a binary KRL. List the public keys in a text file, one on each line.',
    );
  }
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
