import { createHash, verify } from 'node:crypto';
import { SignoffError } from '../errors.ts';
import type { Curve, PublicKey } from './key.ts';
import { WireReader } from './wire.ts';

/** What a security key adds to its signature, and signs with it. */
export interface SecurityKeyUse {
  /** Somebody touched it. */
  present: boolean;
  /** It checked who: by PIN or fingerprint. */
  verified: boolean;
  /** How often it has signed, by its own count. */
  counter: number;
}

const rsaHashes: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' };

/**
 * Verifies a signature as SSH packs it (RFC 4253 section 6.6, RFC 5656, RFC 8332, RFC 8709; OpenSSH's PROTOCOL.u2f).
 * @returns what a security key said with it; null for other keys
 * @throws SignoffError `bad-signature`, `malformed`, `unsupported`
 */
export function verifyPacked(key: PublicKey, packed: Buffer, data: Buffer): SecurityKeyUse | null {
  const reader = new WireReader(packed, 'The signature');
  const algorithm = reader.name();
  const expected = key.type === 'ssh-rsa' ? Object.keys(rsaHashes) : [key.type];
  if (!expected.includes(algorithm)) {
    const why = algorithm === 'ssh-rsa' ? 'RSA with SHA-1 proves nothing any more' : `the key is ${key.type}`;
    throw new SignoffError('unsupported', `The signature is made as ${algorithm}, but ${why}.`);
  }
  const body = reader.string();
  if (key.application === null) {
    reader.end();
    assertGood(isGood(key, algorithm, body, data));
    return null;
  }
  const flags = reader.byte();
  const counter = reader.take(4);
  reader.end();
  const signed = Buffer.concat([sha256(key.application), Buffer.of(flags), counter, sha256(data)]);
  assertGood(isGood(key, algorithm, body, signed));
  return { present: (flags & 1) !== 0, verified: (flags & 4) !== 0, counter: counter.readUInt32BE() };
}

function isGood(key: PublicKey, algorithm: string, body: Buffer, data: Buffer): boolean {
  if (key.curve) {
    const input = { key: key.key, dsaEncoding: 'ieee-p1363' } as const;
    return verify(key.curve.hash, data, input, halves(key.curve, body));
  }
  const hash = rsaHashes[algorithm];
  if (hash) return verify(hash, data, key.key, leftPad(body, modulusBytes(key)));
  return body.length === 64 && verify(null, data, key.key, body);
}

/** The two numbers side by side, each as long as the curve's. */
function halves(curve: Curve, body: Buffer): Buffer {
  const reader = new WireReader(body, 'The signature');
  const [r, s] = [reader.positive(), reader.positive()];
  reader.end();
  return Buffer.concat([leftPad(r, curve.bytes), leftPad(s, curve.bytes)]);
}

function leftPad(bytes: Buffer, length: number): Buffer {
  if (bytes.length > length) throw new SignoffError('bad-signature', badSignature);
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}

function modulusBytes({ key }: PublicKey): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

const badSignature =
  'The signature does not belong to these bytes: one of the two was changed after signing, or they are not a pair.';

function assertGood(good: boolean): void {
  if (!good) throw new SignoffError('bad-signature', badSignature);
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
