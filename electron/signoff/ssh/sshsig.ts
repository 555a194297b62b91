import { createHash } from 'node:crypto';
import { SignoffError } from '../errors.ts';
import { removeArmour } from './armour.ts';
import { parseSigningKey, type SigningKey } from './certificate.ts';
import { type SecurityKeyUse, verifyPacked } from './signature.ts';
import { WireReader, wireString } from './wire.ts';

/** A signature file, read. What it says is not believed before `verifySshsig`. */
export interface Sshsig {
  key: SigningKey;
  namespace: string;
  hash: 'sha256' | 'sha512';
  reserved: Buffer;
  packed: Buffer;
}

const magic = 'SSHSIG';
const version = 1;

/** Parsed keys by their bytes: a review has thousands of entries of a handful of keys. */
const parsedKeys = new Map<string, SigningKey>();
const mostParsedKeys = 256;

/** Reads OpenSSH's PROTOCOL.sshsig. @throws SignoffError `malformed`, `unsupported`, `bad-signature` (of a certificate) */
export function parseSshsig(armoured: string): Sshsig {
  const reader = new WireReader(removeArmour(armoured), 'The signature');
  if (reader.take(magic.length).toString('latin1') !== magic) {
    throw new SignoffError('malformed', 'The file is no SSH signature.');
  }
  const found = reader.uint32();
  if (found !== version) {
    throw new SignoffError(
      'unsupported',
      `The signature has format ${found}; format ${version} is known here.`,
    );
  }
  const key = keyOf(reader.string());
  const namespace = reader.string().toString('utf8');
  const reserved = reader.string();
  const hash = reader.name();
  const packed = reader.string();
  reader.end();
  if (namespace === '') throw new SignoffError('malformed', 'The signature does not say what it is for.');
  if (hash !== 'sha256' && hash !== 'sha512') {
    throw new SignoffError('unsupported', `The signature hashes with ${hash}; sha256 or sha512 is expected.`);
  }
  return { key, namespace, hash, reserved, packed };
}

/**
 * Whether the signature is the key's, over this message, for this purpose. Whose the key is, is another question.
 * @throws SignoffError `wrong-namespace`, `bad-signature`, `malformed`, `unsupported`
 */
export function verifySshsig(sshsig: Sshsig, message: Buffer, namespace: string): SecurityKeyUse | null {
  if (sshsig.namespace !== namespace) {
    throw new SignoffError(
      'wrong-namespace',
      `The signature was made for "${sshsig.namespace}", not for "${namespace}".`,
    );
  }
  const signed = Buffer.concat([
    Buffer.from(magic),
    wireString(sshsig.namespace),
    wireString(sshsig.reserved),
    wireString(sshsig.hash),
    wireString(createHash(sshsig.hash).update(message).digest()),
  ]);
  return verifyPacked(sshsig.key, sshsig.packed, signed);
}

function keyOf(blob: Buffer): SigningKey {
  const name = blob.toString('latin1');
  const known = parsedKeys.get(name);
  if (known) return known;
  if (parsedKeys.size >= mostParsedKeys) parsedKeys.clear();
  const key = parseSigningKey(Buffer.from(blob));
  parsedKeys.set(name, key);
  return key;
}
