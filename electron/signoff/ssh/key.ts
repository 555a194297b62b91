import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { SignoffError } from '../errors.ts';
import { WireReader } from './wire.ts';

/** A public key as SSH writes it, without a certificate around it. */
export interface PublicKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `sk-ssh-ed25519@openssh.com`, … */
  type: string;
  /** The key's own bytes: what allowed_signers has in base64. Equal bytes, equal key. */
  blob: Buffer;
  key: KeyObject;
  /** The curve where there is one. */
  curve: Curve | null;
  /** Set for security keys: what the device signs for, usually `ssh:`. */
  application: string | null;
}

export interface Curve {
  ssh: string;
  jwk: string;
  hash: string;
  /** Bytes of one coordinate, and of each half of a signature. */
  bytes: number;
}

const curves: readonly Curve[] = [
  { ssh: 'nistp256', jwk: 'P-256', hash: 'sha256', bytes: 32 },
  { ssh: 'nistp384', jwk: 'P-384', hash: 'sha384', bytes: 48 },
  { ssh: 'nistp521', jwk: 'P-521', hash: 'sha512', bytes: 66 },
];

/** The least that OpenSSH accepts. */
const leastRsaBits = 1024;

/** @throws SignoffError `malformed`, `unsupported` */
export function parsePublicKey(blob: Buffer): PublicKey {
  const reader = new WireReader(blob, 'The key');
  const type = reader.name();
  const key = readKeyOfType(type, reader);
  reader.end();
  return { type, blob, ...key };
}

export type KeyFields = Omit<PublicKey, 'type' | 'blob'>;

/** Reads what follows the type's name. A certificate has the same fields in its middle. */
export function readKeyOfType(type: string, reader: WireReader): KeyFields {
  if (type === 'ssh-ed25519') return ed25519(reader);
  if (type === 'ssh-rsa') return rsa(reader);
  if (type.startsWith('ecdsa-sha2-')) return ecdsa(type.slice('ecdsa-sha2-'.length), reader);
  if (type === 'sk-ssh-ed25519@openssh.com')
    return { ...ed25519(reader), application: applicationOf(reader) };
  if (type === 'sk-ecdsa-sha2-nistp256@openssh.com') {
    return { ...ecdsa('nistp256', reader), application: applicationOf(reader) };
  }
  throw new SignoffError(
    'unsupported',
    `Keys of type ${type} cannot be verified here. Use ssh-ed25519, ecdsa, rsa, or a security key.`,
  );
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. */
export function fingerprint({ blob }: Pick<PublicKey, 'blob'>): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function ed25519(reader: WireReader): KeyFields {
  const x = reader.string();
  if (x.length !== 32) throw new SignoffError('malformed', 'The Ed25519 key does not have 32 bytes.');
  return { key: fromJwk({ kty: 'OKP', crv: 'Ed25519', x: url(x) }), curve: null, application: null };
}

function ecdsa(name: string, reader: WireReader): KeyFields {
  const curve = curves.find(({ ssh }) => ssh === name);
  if (!curve) throw new SignoffError('unsupported', `The curve ${name} is not one that OpenSSH signs with.`);
  if (reader.name() !== name) throw new SignoffError('malformed', 'The key names two different curves.');
  const point = reader.string();
  if (point.length !== 1 + 2 * curve.bytes || point[0] !== 4) {
    throw new SignoffError('malformed', `The key is not a point of ${name}.`);
  }
  const [x, y] = [point.subarray(1, 1 + curve.bytes), point.subarray(1 + curve.bytes)];
  return { key: fromJwk({ kty: 'EC', crv: curve.jwk, x: url(x), y: url(y) }), curve, application: null };
}

function rsa(reader: WireReader): KeyFields {
  const [e, n] = [reader.positive(), reader.positive()];
  const key = fromJwk({ kty: 'RSA', e: url(e), n: url(n) });
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastRsaBits) {
    throw new SignoffError('unsupported', `An RSA key of ${bits} bits is too short. Make one of 3072 bits.`);
  }
  return { key, curve: null, application: null };
}

function applicationOf(reader: WireReader): string {
  return reader.string().toString('utf8');
}

function fromJwk(key: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch (error) {
    throw new SignoffError('malformed', 'The key has numbers that no such key has.', { cause: error });
  }
}

const url = (bytes: Buffer) => bytes.toString('base64url');
