import { createHash } from 'node:crypto';
import { SignoffError } from '../errors.ts';
import { WireReader } from '../ssh/wire.ts';
import type { RevocableKey, RevokedKeys } from './revoked.ts';

const magic = Buffer.from('SSHKRL\n\0');

/** Whether a list of revoked keys is a binary one, as `ssh-keygen -k` writes it. */
export function isKrl(bytes: Buffer): boolean {
  return bytes.subarray(0, magic.length).equals(magic);
}

const section = { certificates: 1, keys: 2, sha1: 3, signature: 4, sha256: 5, extension: 255 };
const ofCertificates = { serials: 0x20, range: 0x21, bitmap: 0x22, keyIds: 0x23, extension: 0x39 };

/** What is said of certificates by one authority, or, without one, by any. */
interface RevokedCertificates {
  authority: Buffer;
  ranges: { from: bigint; to: bigint }[];
  keyIds: Set<string>;
}

/**
 * Reads a binary list: OpenSSH's PROTOCOL.krl. Signed lists and critical extensions are refused, because what they say
 * would be passed over.
 * @throws SignoffError `malformed`, `unsupported`
 */
export function parseKrl(bytes: Buffer): RevokedKeys {
  const reader = new WireReader(bytes, 'The list of revoked keys');
  reader.take(magic.length);
  const version = reader.uint32();
  if (version !== 1) throw unsupported(`is of version ${version}, which is not known here`);
  // Its own version, when it was made, and flags: nothing follows from them.
  reader.take(24);
  reader.string();
  reader.string();
  const keys = new Set<string>();
  const digests = { sha1: new Set<string>(), sha256: new Set<string>() };
  const certificates: RevokedCertificates[] = [];
  while (!reader.atEnd()) {
    const type = reader.byte();
    const body = new WireReader(reader.string(), 'The list of revoked keys');
    if (type === section.certificates) certificates.push(readCertificates(body));
    else if (type === section.keys) addAll(keys, body);
    else if (type === section.sha1) addAll(digests.sha1, body);
    else if (type === section.sha256) addAll(digests.sha256, body);
    else if (type === section.extension) passOver(body);
    else if (type === section.signature) throw unsupported('is signed, and signed lists are not read');
    else throw unsupported(`has a part of kind ${type}, which is not known here`);
  }
  const hasDigest = (name: 'sha1' | 'sha256', blob: Buffer) =>
    digests[name].has(createHash(name).update(blob).digest('base64'));
  return {
    has: ({ blob, certificate = null }) =>
      keys.has(blob.toString('base64')) ||
      hasDigest('sha1', blob) ||
      hasDigest('sha256', blob) ||
      (certificate !== null && certificates.some((one) => revokes(one, certificate))),
  };
}

/** A serial number of zero is what authorities write that number nothing. */
function revokes(
  { authority, ranges, keyIds }: RevokedCertificates,
  certificate: NonNullable<RevocableKey['certificate']>,
): boolean {
  const { serial, keyId } = certificate;
  if (authority.length > 0 && !authority.equals(certificate.authority.blob)) return false;
  return (
    keyIds.has(keyId) || (serial !== 0n && ranges.some(({ from, to }) => serial >= from && serial <= to))
  );
}

function readCertificates(reader: WireReader): RevokedCertificates {
  const revoked: RevokedCertificates = { authority: reader.string(), ranges: [], keyIds: new Set() };
  const { ranges, keyIds } = revoked;
  reader.string();
  while (!reader.atEnd()) {
    const type = reader.byte();
    const body = new WireReader(reader.string(), 'The list of revoked keys');
    if (type === ofCertificates.serials) {
      while (!body.atEnd()) ranges.push(only(body.uint64()));
    } else if (type === ofCertificates.range) {
      ranges.push({ from: body.uint64(), to: body.uint64() });
      body.end();
    } else if (type === ofCertificates.bitmap) {
      const offset = body.uint64();
      for (const bit of bitsOf(body.string())) ranges.push(only(offset + bit));
      body.end();
    } else if (type === ofCertificates.keyIds) {
      while (!body.atEnd()) keyIds.add(body.string().toString('utf8'));
    } else if (type === ofCertificates.extension) passOver(body);
    else throw unsupported(`has a part about certificates of kind ${type}, which is not known here`);
  }
  return revoked;
}

const only = (serial: bigint) => ({ from: serial, to: serial });

/** Which bits of a big-endian number are set, the lowest being 0. */
function* bitsOf(number: Buffer): Generator<bigint> {
  for (const [index, byte] of number.toReversed().entries()) {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) yield BigInt(index * 8 + bit);
  }
}

function addAll(set: Set<string>, reader: WireReader): void {
  while (!reader.atEnd()) set.add(reader.string().toString('base64'));
}

/** An extension that is not critical may be passed over. */
function passOver(reader: WireReader): void {
  const name = reader.string().toString('utf8');
  if (reader.byte() !== 0) throw unsupported(`has the critical extension ${name}, which is not known here`);
}

function unsupported(what: string): SignoffError {
  return new SignoffError(
    'unsupported',
    `The list of revoked keys ${what}. List the public keys in a text file, one on each line. Until it can be read, no signature counts.`,
  );
}
