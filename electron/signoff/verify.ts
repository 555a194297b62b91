import { SignoffError, type SignoffErrorCode } from './errors.ts';
import type { AllowedSigner } from './signers/allowed-signers.ts';
import { matchesPatterns } from './signers/pattern.ts';
import type { RevokedKeys } from './signers/revoked.ts';
import type { SigningKey } from './ssh/certificate.ts';
import { fingerprint } from './ssh/key.ts';
import type { SecurityKeyUse } from './ssh/signature.ts';
import { parseSshsig, verifySshsig } from './ssh/sshsig.ts';

/** What a signature is verified against. */
export interface Trust {
  signers: readonly AllowedSigner[];
  revoked: RevokedKeys;
}

export interface VerifyOptions extends Trust {
  /** Who is said to have signed. */
  principal: string;
  /** What it must have been signed for. */
  namespace: string;
  /** The moment at which the key must be valid. */
  at: Date;
  /** Whether a security key must have been touched. `ssh-keygen` does not ask for it. */
  touch: boolean;
}

export interface Verified {
  ok: true;
  fingerprint: string;
  keyType: string;
  /** The line of allowed_signers that allows it. */
  line: number;
  /** What a security key said; null for other keys. */
  securityKey: SecurityKeyUse | null;
}

export interface Refused {
  ok: false;
  code: SignoffErrorCode;
  message: string;
}

/** Verifies a signature file over a message: the signature, then the key, then whose it is, then when. */
export function verifySignature(
  message: Buffer,
  armoured: string,
  options: VerifyOptions,
): Verified | Refused {
  try {
    const sshsig = parseSshsig(armoured);
    const securityKey = verifySshsig(sshsig, message, options.namespace);
    assertNotRevoked(sshsig.key, options.revoked);
    const signer = findSigner(sshsig.key, options);
    if (options.touch && securityKey && !securityKey.present) {
      throw new SignoffError('not-present', 'The security key signed without being touched.');
    }
    return {
      ok: true,
      fingerprint: fingerprint(sshsig.key),
      keyType: sshsig.key.type,
      line: signer.line,
      securityKey,
    };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

/** A certificate falls with its authority. */
function assertNotRevoked(key: SigningKey, revoked: RevokedKeys): void {
  if (revoked.has(key)) {
    const what = key.certificate ? `key ${fingerprint(key)}, or its certificate,` : `key ${fingerprint(key)}`;
    throw new SignoffError('revoked', `The ${what} is revoked; nothing it signed counts.`);
  }
  if (key.certificate && revoked.has(key.certificate.authority)) {
    const authority = fingerprint(key.certificate.authority);
    throw new SignoffError('revoked', `The authority ${authority} of the certificate is revoked.`);
  }
}

/** The first line that allows the key; else the objection of the line that came nearest. */
function findSigner(key: SigningKey, options: VerifyOptions): AllowedSigner {
  const { principal, signers } = options;
  let nearest: SignoffError | null = null;
  for (const signer of signers) {
    if (!matchesPatterns(principal, signer.principals) || !isOf(key, signer)) continue;
    const objection = objectionTo(signer, key, options);
    if (!objection) return signer;
    nearest = objection;
  }
  const nobody = `The key ${fingerprint(key)} may not sign for ${principal}: allowed_signers has no line with both.`;
  throw nearest ?? new SignoffError('not-allowed', nobody);
}

function isOf({ blob, certificate }: SigningKey, signer: AllowedSigner): boolean {
  if (signer.certAuthority) return certificate?.authority.blob.equals(signer.key.blob) ?? false;
  return certificate === null && blob.equals(signer.key.blob);
}

function objectionTo(
  { line, namespaces, validAfter, validBefore }: AllowedSigner,
  { certificate }: SigningKey,
  { principal, namespace, at }: VerifyOptions,
): SignoffError | null {
  const where = `allowed_signers line ${line}`;
  if (certificate && (!certificate.forUsers || !certificate.principals.includes(principal))) {
    const said = certificate.forUsers ? certificate.principals.join(', ') || 'nobody' : 'a host';
    return new SignoffError('not-allowed', `The certificate is for ${said}, not for ${principal}.`);
  }
  if (namespaces && !matchesPatterns(namespace, namespaces)) {
    return new SignoffError(
      'not-allowed',
      `${where}: the key may sign for ${namespaces.join(', ')}, not for ${namespace}.`,
    );
  }
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  if ((validAfter && at < validAfter) || (certificate && seconds < certificate.validAfter)) {
    return new SignoffError('not-yet-valid', `${where}: the key was not valid yet at ${at.toISOString()}.`);
  }
  if ((validBefore && at > validBefore) || (certificate && seconds >= certificate.validBefore)) {
    return new SignoffError('expired', `${where}: the key was no longer valid at ${at.toISOString()}.`);
  }
  return null;
}
