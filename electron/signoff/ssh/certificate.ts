import { SignoffError } from '../errors.ts';
import { type PublicKey, parsePublicKey, readKeyOfType } from './key.ts';
import { verifyPacked } from './signature.ts';
import { WireReader, wireString } from './wire.ts';

/** What an authority says of a key, for a while. Times are seconds since 1970; `validBefore` is not in it any more. */
export interface Certificate {
  authority: PublicKey;
  /** Zero where the authority numbers nothing. */
  serial: bigint;
  keyId: string;
  forUsers: boolean;
  principals: string[];
  validAfter: bigint;
  validBefore: bigint;
}

/** The key that signed, and the certificate that came with it. */
export interface SigningKey extends PublicKey {
  certificate: Certificate | null;
}

const suffix = '-cert-v01@openssh.com';
const userCertificate = 1;

/**
 * Reads a key, or a certificate (OpenSSH's PROTOCOL.certkeys) whose own signature is verified on the way.
 * @throws SignoffError `malformed`, `unsupported`, `bad-signature`
 */
export function parseSigningKey(blob: Buffer): SigningKey {
  const reader = new WireReader(blob, 'The certificate');
  const type = reader.name();
  if (!type.endsWith(suffix)) return { ...parsePublicKey(blob), certificate: null };
  const plainType = type.slice(0, -suffix.length) + (type.startsWith('sk-') ? '@openssh.com' : '');
  reader.string();
  const fieldsFrom = reader.position;
  const fields = readKeyOfType(plainType, reader);
  const plain = Buffer.concat([wireString(plainType), blob.subarray(fieldsFrom, reader.position)]);
  const serial = reader.uint64();
  const kind = reader.uint32();
  const keyId = reader.string().toString('utf8');
  const principals = listOf(reader.string());
  const [validAfter, validBefore] = [reader.uint64(), reader.uint64()];
  reader.string();
  reader.string();
  reader.string();
  const authority = parsePublicKey(reader.string());
  const signed = blob.subarray(0, reader.position);
  const signature = reader.string();
  reader.end();
  verifyCertificate(authority, signature, signed);
  const certificate = {
    authority,
    serial,
    keyId,
    forUsers: kind === userCertificate,
    principals,
    validAfter,
    validBefore,
  };
  return { type: plainType, blob: plain, ...fields, certificate };
}

function verifyCertificate(authority: PublicKey, signature: Buffer, signed: Buffer): void {
  try {
    verifyPacked(authority, signature, signed);
  } catch (error) {
    if (!(error instanceof SignoffError) || error.code !== 'bad-signature') throw error;
    throw new SignoffError('bad-signature', 'The certificate was changed after its authority signed it.');
  }
}

function listOf(packed: Buffer): string[] {
  const reader = new WireReader(packed, 'The certificate');
  const list: string[] = [];
  while (!reader.atEnd()) list.push(reader.string().toString('utf8'));
  return list;
}
