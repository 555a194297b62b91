import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SignoffError } from '../../../electron/signoff/errors.ts';
import { parseRevokedKeys } from '../../../electron/signoff/signers/revoked.ts';
import { parseSigningKey } from '../../../electron/signoff/ssh/certificate.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { Oracle } from './oracle.ts';

/** Keys, certificates of two authorities, and binary lists that `ssh-keygen` makes of a specification. */
function lab() {
  const oracle = new Oracle(temporaryFolder());
  const path = (name: string) => join(oracle.folder, name);
  for (const name of ['ca', 'other', 'ada', 'bob']) oracle.makeKey(name, 'ed25519');
  oracle.makeKey('eve', 'ecdsa', 256);
  const certificate = (as: string, authority: string, serial: number, keyId: string) => {
    writeFileSync(path(`${as}.pub`), readFileSync(path('ada.pub')));
    const args = [
      '-q',
      '-s',
      authority,
      '-I',
      keyId,
      '-z',
      String(serial),
      '-n',
      'ada@example.com',
      `${as}.pub`,
    ];
    expect(oracle.run(args).ok).toBe(true);
    return `${as}-cert.pub`;
  };
  const names = [
    'ada.pub',
    'bob.pub',
    'eve.pub',
    certificate('first', 'ca', 1, 'first'),
    certificate('seventh', 'ca', 7, 'seventh'),
    certificate('far', 'ca', 4_000_000, 'far'),
    certificate('unnumbered', 'ca', 0, 'unnumbered'),
    certificate('foreign', 'other', 7, 'foreign'),
  ];
  const keys = names.map((name) => {
    const [, base64 = ''] = readFileSync(path(name), 'utf8').split(' ');
    return parseSigningKey(Buffer.from(base64, 'base64'));
  });
  const listOf = (specification: string, ...more: string[]) => {
    writeFileSync(path('spec'), specification);
    const made = oracle.run(['-q', '-k', '-f', 'krl', ...more, 'spec']);
    expect(made.ok, made.said).toBe(true);
    return readFileSync(path('krl'));
  };
  /** Which of them a list revokes, by `ssh-keygen -Q` and by ours: a certificate falls with its authority, too. */
  const revoked = (list: Buffer) => {
    const { has } = parseRevokedKeys(list);
    return names.map((name, index) => {
      const key = keys[index];
      const ours =
        key !== undefined && (has(key) || (key.certificate !== null && has(key.certificate.authority)));
      return { name, theirs: !oracle.run(['-Q', '-f', 'krl', name]).ok, ours };
    });
  };
  return { oracle, path, listOf, revoked };
}

describe('a binary list of revoked keys', () => {
  it.each<
    [
      what: string,
      specification: (text: (name: string) => string) => string,
      authority: string,
      count: number,
    ]
  >([
    ['keys', (text) => `key: ${text('bob.pub')}`, '', 1],
    ['a key that has certificates', (text) => text('ada.pub'), '', 6],
    ['SHA-1 fingerprints', (text) => `sha1: ${text('eve.pub')}`, '', 1],
    ['SHA-256 fingerprints', (text) => `sha256: ${text('eve.pub')}${text('bob.pub')}`, '', 2],
    ['an authority', (text) => text('ca.pub'), '', 4],
    ['serial numbers', () => 'serial: 1\nserial: 4000000\n', 'ca.pub', 2],
    ['a range of serial numbers', () => 'serial: 5-100000\n', 'ca.pub', 1],
    [
      'many serial numbers near each other',
      () => [1, 3, 5, 7, 9, 10, 12].map((n) => `serial: ${n}\n`).join(''),
      'ca.pub',
      2,
    ],
    ['serial numbers of any authority', () => 'serial: 7\n', 'none', 2],
    ['names of certificates', () => 'id: far\nid: unnumbered\nid: foreign\n', 'ca.pub', 2],
    ['nothing', () => '# nothing yet\n', '', 0],
  ])('of %s revokes what ssh-keygen says that it revokes', (_what, specification, authority, count) => {
    const { listOf, path, revoked } = lab();
    const text = (name: string) => readFileSync(path(name), 'utf8');
    const verdicts = revoked(listOf(specification(text), ...(authority ? ['-s', authority] : [])));
    for (const { name, ours, theirs } of verdicts) expect([name, ours]).toEqual([name, theirs]);
    expect(verdicts.filter(({ ours }) => ours)).toHaveLength(count);
  });

  it('cut off anywhere, or with what is not known, is refused with what to do', () => {
    const { listOf } = lab();
    const list = listOf('serial: 1\nserial: 5-100\nid: far\n', '-s', 'none');
    for (let length = 8; length < list.length; length += 1) {
      let verdict: unknown = null;
      try {
        parseRevokedKeys(list.subarray(0, length));
      } catch (error) {
        verdict = error;
      }
      // Between two parts it may end.
      if (verdict !== null) expect(verdict).toBeInstanceOf(SignoffError);
    }
    expect(() => parseRevokedKeys(list.subarray(0, list.length - 1))).toThrow(/ends in the middle/);
    const part = (type: number, body: string) =>
      Buffer.concat([list, Buffer.of(type, 0, 0, 0, body.length), Buffer.from(body, 'latin1')]);
    expect(() => parseRevokedKeys(part(4, ''))).toThrow(/is signed, .* List the public keys in a text file/);
    expect(() => parseRevokedKeys(part(9, ''))).toThrow(/part of kind 9/);
    expect(() => parseRevokedKeys(part(255, '\0\0\0\x01x\x01'))).toThrow(/critical extension x/);
    expect(() => parseRevokedKeys(part(255, '\0\0\0\x01x\0'))).not.toThrow();
  });
});
