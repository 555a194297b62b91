import type { SigningKeyView } from '../../shared/contract/signoff.ts';
import type { SshKey } from '../keys/index.ts';
import {
  type AllowedSigner,
  type Certificate,
  fingerprint,
  maySign,
  namespace,
  type PackTrust,
  parseSigningKey,
  type RolePolicy,
  type SigningKey,
  SignoffError,
} from '../signoff/index.ts';

export interface KeyFacts {
  trust: PackTrust;
  policies: readonly RolePolicy[];
  now: Date;
}

/** For whom the pack's files let a key sign: by its own line, or, for a certificate, by the line of its authority. */
export function viewKey(key: SshKey, facts: KeyFacts): SigningKeyView {
  const { keyFile, type, comment, inAgent } = key;
  const view = { keyFile, type, comment, inAgent, fingerprint: key.fingerprint };
  try {
    const read = parseSigningKey(key.blob);
    const { certificate } = read;
    const asked = certificate?.authority ?? read;
    const options = `${certificate ? 'cert-authority,' : ''}namespaces="${namespace}"`;
    return {
      ...view,
      ...entitled(read, facts),
      fingerprint: fingerprint(read),
      about: certificate ? aboutCertificate(certificate) : aboutKey(read),
      line: `NAME ${options} ${asked.type} ${asked.blob.toString('base64')}`,
    };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    return { ...view, names: [], why: error.message, about: '', line: '' };
  }
}

function entitled(
  read: SigningKey,
  { trust, policies, now }: KeyFacts,
): Pick<SigningKeyView, 'names' | 'why'> {
  const { certificate } = read;
  const asked = certificate?.authority ?? read;
  const lines = trust.signers.filter(
    (one) => one.certAuthority === (certificate !== null) && one.key.blob.equals(asked.blob),
  );
  if (trust.revoked.has(read)) return { names: [], why: 'It is revoked: nothing it signs counts.' };
  if (certificate && trust.revoked.has(certificate.authority))
    return { names: [], why: 'Its authority is revoked: nothing it signs counts.' };
  const objections = lines.map(
    (line) => objectionTo(line, now) || (certificate ? objectionToCertificate(certificate, line, now) : ''),
  );
  const names = lines
    .filter((_, index) => objections[index] === '')
    .flatMap(({ principals }) =>
      certificate
        ? certificate.principals.filter((name) => isAmong(name, principals))
        : namesOf(principals, policies),
    );
  const why = objections.find((one) => one !== '') ?? withoutName(lines, certificate);
  return { names: [...new Set(names)], why: names.length > 0 ? '' : why };
}

/** A line of patterns lets somebody sign, but does not say by which name. */
function withoutName([first]: readonly AllowedSigner[], certificate: Certificate | null): string {
  if (!first && certificate)
    return `allowed_signers has no cert-authority line with the authority ${fingerprint(certificate.authority)} of this certificate.`;
  if (!first) return 'allowed_signers has no line with this key.';
  const { line, principals } = first;
  return `allowed_signers line ${line} is for ${principals.join(', ')}. Sign by your own name among them: choose another name and key.`;
}

/** The names a line has written out, and those of launch.yaml that its patterns take in. */
function namesOf(principals: readonly string[], policies: readonly RolePolicy[]): string[] {
  const written = [...principals, ...policies.flatMap(({ signers }) => signers)];
  return written.filter((name) => !/[*?!]/.test(name) && isAmong(name, principals));
}

function objectionTo({ line, namespaces, validAfter, validBefore }: AllowedSigner, now: Date): string {
  const where = `allowed_signers line ${line}`;
  if (namespaces && !isAmong(namespace, namespaces))
    return `${where}: it may sign for ${namespaces.join(', ')}, not for ${namespace}.`;
  if (validAfter && now < validAfter) return `${where}: it is valid from ${validAfter.toISOString()} on.`;
  if (validBefore && now > validBefore) return `${where}: it was valid until ${validBefore.toISOString()}.`;
  return '';
}

function objectionToCertificate(
  { forUsers, principals, validAfter, validBefore }: Certificate,
  { line, principals: allowed }: AllowedSigner,
  now: Date,
): string {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  if (!forUsers) return 'It is the certificate of a host, and hosts do not sign.';
  if (seconds < validAfter) return `The certificate is valid from ${moment(validAfter)} on.`;
  if (seconds >= validBefore)
    return `The certificate was valid until ${moment(validBefore)}. Have it renewed.`;
  if (principals.some((name) => isAmong(name, allowed))) return '';
  const said = principals.join(', ') || 'nobody';
  return `The certificate is for ${said}; allowed_signers line ${line} takes ${allowed.join(', ')}.`;
}

function aboutCertificate({ authority, principals, validBefore }: Certificate): string {
  const until = moment(validBefore);
  return `A certificate of ${fingerprint(authority)} for ${principals.join(', ') || 'nobody'}${until && `, until ${until}`}.`;
}

function aboutKey({ application }: SigningKey): string {
  return application === null ? '' : 'A security key: plug it in, and touch it when it blinks.';
}

/** Empty for the end of time, which is how a certificate without an end is written. */
function moment(seconds: bigint): string {
  return seconds > 253_402_300_799n ? '' : new Date(Number(seconds) * 1000).toISOString();
}

function isAmong(name: string, patterns: readonly string[]): boolean {
  return maySign({ signers: patterns }, name);
}
