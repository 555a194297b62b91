import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignoffError } from '../../../electron/signoff/errors.ts';
import { parseAllowedSigners } from '../../../electron/signoff/signers/allowed-signers.ts';
import { matchesPatterns } from '../../../electron/signoff/signers/pattern.ts';
import { parseRevokedKeys } from '../../../electron/signoff/signers/revoked.ts';
import { formatTimestamp, parseTimestamp } from '../../../electron/signoff/signers/time.ts';
import { parseSshsig } from '../../../electron/signoff/ssh/sshsig.ts';

const piece = fc.constantFrom(
  'a',
  '*',
  ',',
  '!',
  '"',
  '\\',
  '=',
  '#',
  '\t',
  '\r',
  '\n',
  ' ',
  'ssh-rsa',
  'namespaces=',
  '\0',
);
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

describe('allowed_signers', () => {
  it.each([
    ['ada@example.com', 1, 'principals'],
    ['ada@example.com ssh-ed25519', 28, 'missing'],
    [`ada@example.com namespace="x" ${key}`, 17, 'namespace'],
    [`ada@example.com cert-authority,namespaces=x ${key}`, 32, 'double quotes'],
    [`ada@example.com valid-after="tomorrow" ${key}`, 17, 'no time'],
    [`ada@example.com valid-after="20261131" ${key}`, 17, 'no time'],
    [`ada@example.com valid-after="20261102",valid-before="20261101" ${key}`, 17, 'before it begins'],
    [`ada@example.com namespaces="a ${key}`, 28, 'not closed'],
    [`ada@example.com ssh-rsa ${key.split(' ')[1]}`, 17, 'of type ssh-ed25519'],
    ['ada@example.com ssh-ed25519 AAAA!', 29, 'base64'],
    [`ada@example.com ${key}AAAA`, 29, 'goes on'],
  ])('says where the mistake is: %s', (line, column, words) => {
    const { signers, problems } = parseAllowedSigners(`# team\n\n${line}\nbob@example.com ${key}\n`);
    expect(signers.map(({ principals }) => principals)).toEqual([['bob@example.com']]);
    expect(problems).toEqual([
      { file: 'allowed_signers', line: 3, column, path: '', message: expect.stringContaining(words) },
    ]);
  });

  it('is read without falling over, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { signers, problems } = parseAllowedSigners(text);
        expect(signers.length + problems.length).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });

  it('matches names as a regular expression made of the pattern does', () => {
    const letter = fc.constantFrom('a', 'b', '*', '?');
    fc.assert(
      fc.property(
        fc.string({ unit: letter, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }),
        (pattern, name) => {
          const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(matchesPatterns(name, [pattern])).toBe(expression.test(name));
        },
      ),
    );
  });

  it('reads back every time it writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }), (date) => {
        const written = formatTimestamp(date);
        expect(parseTimestamp(`${written}Z`)?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });
});

describe('a list of revoked keys', () => {
  it('is refused whole when a line cannot be read, and when a binary one is of another version', () => {
    expect(() => parseRevokedKeys(Buffer.from(`${key}\nssh-ed25519 AAAA\n`))).toThrow(/Line 2/);
    expect(() => parseRevokedKeys(Buffer.from('SSHKRL\n\0\0\0\0\x02'))).toThrow(
      /of version 2.*List the public keys/,
    );
  });
});

describe('a signature file', () => {
  it('is read or refused with a code, whatever bytes are inside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, framed) => {
        const body = framed ? Buffer.concat([Buffer.from('SSHSIG\0\0\0\x01'), bytes]) : Buffer.from(bytes);
        const text = `-----BEGIN SSH SIGNATURE-----\n${body.toString('base64')}\n-----END SSH SIGNATURE-----\n`;
        try {
          parseSshsig(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SignoffError);
        }
      }),
    );
  });
});
