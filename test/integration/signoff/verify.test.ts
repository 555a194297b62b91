import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllowedSigners } from '../../../electron/signoff/signers/allowed-signers.ts';
import { noneRevoked, parseRevokedKeys } from '../../../electron/signoff/signers/revoked.ts';
import { parseTimestamp } from '../../../electron/signoff/signers/time.ts';
import { type VerifyOptions, verifySignature } from '../../../electron/signoff/verify.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { handMadeRsa, handMadeSecurityKey } from '../../unit/signoff/hand-made.ts';
import { Oracle } from './oracle.ts';

const namespace = 'holdpoint-signoff';
const principal = 'ada@example.com';
const message = Buffer.from('{"answer":"go"}\n');
const noon = '20261124120000';

interface Claim {
  message: Buffer;
  armoured: string;
  signers: string;
  principal: string;
  namespace: string;
  at: string;
  revoked?: string;
}

/** Our verdict: `ok`, or the code of the refusal. */
function ours({ message, armoured, signers, at, revoked, ...claim }: Claim, touch = false): string {
  const options: VerifyOptions = {
    ...claim,
    signers: parseAllowedSigners(signers).signers,
    revoked: revoked === undefined ? noneRevoked : parseRevokedKeys(Buffer.from(revoked)),
    at: parseTimestamp(at) ?? new Date(Number.NaN),
    touch,
  };
  const verdict = verifySignature(message, armoured, options);
  return verdict.ok ? 'ok' : verdict.code;
}

/** Both are asked; they must agree on yes or no. Gives our code. */
function judged(oracle: Oracle, claim: Claim, name: string): string {
  const verdict = ours(claim);
  const theirs = oracle.verify(claim);
  expect(theirs.ok, `${name}: we say ${verdict}, ssh-keygen says: ${theirs.said}`).toBe(verdict === 'ok');
  return verdict;
}

function flip(text: string | Buffer, at: number): Buffer {
  const bytes = Buffer.from(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

/** The same signature, honestly tampered with: the base64 is right, one byte inside is not. */
function tamper(armoured: string, at: number): string {
  const [first = '', ...lines] = armoured.trimEnd().split('\n');
  const body = flip(Buffer.from(lines.slice(0, -1).join(''), 'base64'), at).toString('base64');
  return [first, ...(body.match(/.{1,70}/g) ?? []), lines.at(-1), ''].join('\n');
}

describe('the verifier agrees with ssh-keygen', () => {
  const types = [
    ['ed25519', undefined],
    ['ecdsa', 256],
    ['ecdsa', 384],
    ['ecdsa', 521],
    ['rsa', 2048],
  ] as const;

  it.each(types.map(([type, bits]) => [bits ? `${type} ${bits}` : type, type, bits] as const))(
    'on %s, for every hash, namespace and kind of tampering',
    (_name, type, bits) => {
      const oracle = new Oracle(temporaryFolder());
      const key = oracle.makeKey('key', type, bits);
      const other = oracle.makeKey('other', 'ed25519');
      for (const hash of ['sha256', 'sha512']) {
        for (const signedFor of [namespace, 'file']) {
          const armoured = oracle.sign('key', message, signedFor, hash);
          const claim = {
            message,
            armoured,
            signers: `${principal} ${key}\n`,
            principal,
            namespace: signedFor,
            at: noon,
          };
          const verdict = (change: Partial<Claim>, name: string) =>
            judged(oracle, { ...claim, ...change }, `${hash} ${signedFor} ${name}`);
          const length = Buffer.from(armoured.split('\n').slice(1, -2).join(''), 'base64').length;
          expect(verdict({}, 'as it is')).toBe('ok');
          expect(verdict({ message: flip(message, 3) }, 'message changed')).toBe('bad-signature');
          expect(verdict({ message: Buffer.from('{"answer":"go"}\r\n') }, 'message with CRLF')).toBe(
            'bad-signature',
          );
          expect(verdict({ namespace: 'email' }, 'another purpose')).toBe('wrong-namespace');
          expect(verdict({ signers: `${principal} ${other}\n` }, 'another key')).toBe('not-allowed');
          expect(verdict({ principal: 'eve@example.com' }, 'another person')).toBe('not-allowed');
          expect(verdict({ revoked: `${other}\n${key}\n` }, 'revoked')).toBe('revoked');
          expect(verdict({ revoked: `# none of these\n${other}\n` }, 'another revoked')).toBe('ok');
          expect(verdict({ armoured: armoured.replaceAll('\n', '\r\n') }, 'CRLF')).toBe('malformed');
          expect(verdict({ armoured: ` ${armoured}` }, 'text before')).toBe('malformed');
          expect(verdict({ armoured: armoured.slice(0, -40) }, 'cut off')).toBe('malformed');
          expect(verdict({ armoured: armoured.trimEnd() }, 'no final newline')).toBe('ok');
          expect(verdict({ armoured: tamper(armoured, length - 1) }, 'last byte')).toBe('bad-signature');
          for (let at = 0; at < length; at += 29) {
            expect(verdict({ armoured: tamper(armoured, at) }, `byte ${at} of ${length}`)).not.toBe('ok');
          }
        }
      }
    },
  );

  it('on RSA with SHA-256, and refuses RSA with SHA-1 and short keys', () => {
    const oracle = new Oracle(temporaryFolder());
    const claimOf = (key: ReturnType<typeof handMadeRsa>) => ({
      message,
      armoured: key.sign(message, namespace),
      signers: `${principal} ${key.publicKey}\n`,
      principal,
      namespace,
      at: noon,
    });
    expect(judged(oracle, claimOf(handMadeRsa('rsa-sha2-256')), 'rsa-sha2-256')).toBe('ok');
    expect(judged(oracle, claimOf(handMadeRsa('ssh-rsa')), 'ssh-rsa')).toBe('unsupported');
    expect(judged(oracle, claimOf(handMadeRsa('rsa-sha2-256', 768)), '768 bits')).toBe('unsupported');
  });

  /** There is no device here: the keys are made in software, and signed with as PROTOCOL.u2f says. */
  it.each(['ed25519', 'ecdsa'] as const)(
    'on a security key with %s, and reads whether it was touched',
    (kind) => {
      const oracle = new Oracle(temporaryFolder());
      const key = handMadeSecurityKey(kind);
      const claim = { message, signers: `${principal} ${key.publicKey}\n`, principal, namespace, at: noon };
      const touched = { ...claim, armoured: key.sign(message, namespace, { flags: 5 }) };
      const untouched = { ...claim, armoured: key.sign(message, namespace, { flags: 0 }) };
      expect(judged(oracle, touched, 'touched')).toBe('ok');
      expect(judged(oracle, untouched, 'not touched')).toBe('ok');
      expect(ours(untouched, true)).toBe('not-present');
      expect(ours(touched, true)).toBe('ok');
      const flagsAt = Buffer.from(touched.armoured.split('\n').slice(1, -2).join(''), 'base64').length - 5;
      const relabelled = { ...claim, armoured: tamper(touched.armoured, flagsAt) };
      expect(judged(oracle, relabelled, 'flags changed')).toBe('bad-signature');
      const { signers } = parseAllowedSigners(claim.signers);
      const verified = verifySignature(message, touched.armoured, {
        ...{ principal, namespace, signers, revoked: noneRevoked, at: new Date(), touch: true },
      });
      expect(verified).toMatchObject({ securityKey: { present: true, verified: true, counter: 7 } });
    },
  );

  it('on what the options of allowed_signers allow, and when', () => {
    const oracle = new Oracle(temporaryFolder());
    const key = oracle.makeKey('key', 'ed25519');
    const armoured = oracle.sign('key', message, namespace);
    const verdict = (signers: string, change: Partial<Claim> = {}) =>
      judged(oracle, { message, armoured, signers, principal, namespace, at: noon, ...change }, signers);
    expect(verdict(`${principal} namespaces="file,holdpoint-*" ${key}`)).toBe('ok');
    expect(verdict(`${principal} namespaces="*,!holdpoint-signoff" ${key}`)).toBe('not-allowed');
    expect(verdict(`${principal} NAMESPACES="file" ${key}`)).toBe('not-allowed');
    expect(verdict(`${principal} valid-after="20261124120000",valid-before="20261124120000Z" ${key}`)).toBe(
      'not-allowed',
    );
    expect(verdict(`${principal} valid-after="20261124120000" ${key}`)).toBe('ok');
    expect(verdict(`${principal} valid-after="20261124120001Z" ${key}`)).toBe('not-yet-valid');
    expect(verdict(`${principal} valid-before="20261124120000" ${key}`)).toBe('ok');
    expect(verdict(`${principal} valid-before="20261124" ${key}`)).toBe('expired');
    expect(verdict(`${principal} valid-before="20261124" ${key}\n${principal} ${key}`)).toBe('ok');
    expect(verdict(`*@example.com,!eve@* ${key}`)).toBe('ok');
    expect(verdict(`*@example.com,!eve@* ${key}`, { principal: 'eve@example.com' })).toBe('not-allowed');
    expect(verdict(`"bob@example.com,ada@exampl?.com" ${key} a comment`)).toBe('ok');
    expect(verdict(`${principal} cert-authority ${key}`)).toBe('not-allowed');
    expect(verdict(`${principal} no-such-option ${key}\n${principal} ${key}`)).toBe('ok');
    expect(verdict(`# ${principal} ${key}\n\n`)).toBe('not-allowed');
  });

  it('on certificates: whose, for whom, when, and of an authority that is revoked', () => {
    const oracle = new Oracle(temporaryFolder());
    const authority = oracle.makeKey('ca', 'ed25519');
    const signersOf = `*@example.com cert-authority ${authority}\n`;
    for (const [type, bits] of types) {
      const name = `${type}${bits ?? ''}`;
      const key = oracle.makeKey(name, type, bits);
      const made = oracle.run([
        ...['-q', '-s', 'ca', '-I', 'ada', '-n', principal, '-V', '20261101000000:20261201000000'],
        `${name}.pub`,
      ]);
      expect(made.said).toBe('');
      const certificate = `${name}-cert.pub`;
      expect(readFileSync(join(oracle.folder, certificate), 'utf8')).toContain('-cert-v01@openssh.com');
      const armoured = oracle.sign(certificate, message, namespace);
      const verdict = (change: Partial<Claim>) =>
        judged(
          oracle,
          { message, armoured, signers: signersOf, principal, namespace, at: noon, ...change },
          `${name} ${JSON.stringify(change)}`,
        );
      expect(verdict({})).toBe('ok');
      expect(verdict({ principal: 'bob@example.com' })).toBe('not-allowed');
      expect(verdict({ at: '20261031120000' })).toBe('not-yet-valid');
      expect(verdict({ at: '20261201000000' })).toBe('expired');
      expect(verdict({ signers: `${principal} ${authority}\n` })).toBe('not-allowed');
      expect(verdict({ signers: `${principal} ${key}\n` })).toBe('not-allowed');
      expect(verdict({ revoked: authority })).toBe('revoked');
      expect(verdict({ revoked: key })).toBe('revoked');
      expect(verdict({ armoured: tamper(armoured, 60) })).not.toBe('ok');
    }
  });
});
