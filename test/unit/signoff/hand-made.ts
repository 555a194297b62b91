import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { wireString } from '../../../electron/signoff/ssh/wire.ts';

/** A signature of a key that no program here would make: of a security key without the device, or RSA with SHA-256. */
export interface HandMade {
  /** Type and key, as a line of allowed_signers has them. */
  publicKey: string;
  sign(message: Buffer, namespace: string, options?: { flags?: number }): string;
}

const application = 'ssh:';

export function handMadeSecurityKey(kind: 'ed25519' | 'ecdsa'): HandMade {
  const isEcdsa = kind === 'ecdsa';
  const { publicKey, privateKey } = isEcdsa
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519');
  const type = isEcdsa ? 'sk-ecdsa-sha2-nistp256@openssh.com' : 'sk-ssh-ed25519@openssh.com';
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = isEcdsa ? Buffer.concat([Buffer.of(4), url(x), url(y)]) : url(x);
  const blob = Buffer.concat(
    [type, ...(isEcdsa ? ['nistp256'] : []), point, application].map((part) => wireString(part)),
  );
  return {
    publicKey: `${type} ${blob.toString('base64')}`,
    sign(message, namespace, { flags = 1 } = {}) {
      const rest = Buffer.of(flags, 0, 0, 0, 7);
      const signed = Buffer.concat([sha256(application), rest, sha256(toSign(message, namespace))]);
      const body = isEcdsa ? numbers(privateKey, signed) : sign(null, signed, privateKey);
      return armour(blob, namespace, Buffer.concat([wireString(type), wireString(body), rest]));
    },
  };
}

export function handMadeRsa(algorithm: 'rsa-sha2-256' | 'ssh-rsa', bits = 2048): HandMade {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const blob = Buffer.concat([
    wireString('ssh-rsa'),
    wireString(url(e)),
    wireString(Buffer.concat([Buffer.of(0), url(n)])),
  ]);
  return {
    publicKey: `ssh-rsa ${blob.toString('base64')}`,
    sign(message, namespace) {
      const hash = algorithm === 'ssh-rsa' ? 'sha1' : 'sha256';
      const body = sign(hash, toSign(message, namespace), privateKey);
      return armour(blob, namespace, Buffer.concat([wireString(algorithm), wireString(body)]));
    },
  };
}

function toSign(message: Buffer, namespace: string): Buffer {
  const parts = [namespace, '', 'sha256', sha256(message)].map((part) => wireString(part));
  return Buffer.concat([Buffer.from('SSHSIG'), ...parts]);
}

function armour(blob: Buffer, namespace: string, packed: Buffer): string {
  const parts = [blob, namespace, '', 'sha256', packed].map((part) => wireString(part));
  const bytes = Buffer.concat([Buffer.from('SSHSIG'), Buffer.of(0, 0, 0, 1), ...parts]);
  return `-----BEGIN SSH SIGNATURE-----\n${bytes.toString('base64').replace(/.{70}/g, '$&\n')}\n-----END SSH SIGNATURE-----\n`;
}

function numbers(key: KeyObject, data: Buffer): Buffer {
  const both = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([both.subarray(0, 32), both.subarray(32)].map((half) => wireString(shortest(half))));
}

function shortest(half: Buffer): Buffer {
  const from = half.findIndex((byte) => byte !== 0);
  const bytes = half.subarray(from);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const url = (text: string) => Buffer.from(text, 'base64url');

/** An Ed25519 key as `ssh-keygen` would sign with it, many times faster. */
export function handMadeEd25519(): HandMade {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const blob = Buffer.concat([wireString('ssh-ed25519'), wireString(url(x))]);
  return {
    publicKey: `ssh-ed25519 ${blob.toString('base64')}`,
    sign(message, namespace) {
      const body = sign(null, toSign(message, namespace), privateKey);
      return armour(blob, namespace, Buffer.concat([wireString('ssh-ed25519'), wireString(body)]));
    },
  };
}
