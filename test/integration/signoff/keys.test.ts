import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listKeys } from '../../../electron/keys/index.ts';
import { entitlementsOf } from '../../../electron/launch/index.ts';
import { namespace, noneRevoked, parseRevokedKeys, readTrust } from '../../../electron/signoff/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { handMadeSecurityKey } from '../../unit/signoff/hand-made.ts';
import { Oracle } from './oracle.ts';

const policy = {
  ...{ role: 'lead', title: 'Lead', signers: ['*@example.com'], approvals: 1, deployerMaySign: true },
  ...{ notAlso: [], sections: null, silentFrom: null },
};

it('certificates and security keys are listed with the names they may sign for, or plainly why not', async () => {
  const keys = new Oracle(temporaryFolder());
  const path = (name: string) => join(keys.folder, name);
  const ada = keys.makeKey('ada', 'ed25519');
  const [authority, other] = ['authority', 'other'].map((name) => keys.makeKey(name, 'ed25519'));
  const certify = (name: string, by: string, ...args: string[]) => {
    copyFileSync(path('ada'), path(name));
    copyFileSync(path('ada.pub'), path(`${name}.pub`));
    const made = keys.run(['-q', '-s', by, '-I', name, ...args, `${name}.pub`]);
    expect(made.ok, made.said).toBe(true);
  };
  certify('good', 'authority', '-n', 'ada@example.com,root', '-V', '20260101Z:20270101Z');
  certify('expired', 'authority', '-n', 'ada@example.com', '-V', '20250101Z:20250201Z');
  certify('host', 'authority', '-h', '-n', 'ada@example.com');
  certify('someone', 'authority', '-n', 'max@example.org');
  certify('foreign', 'other', '-n', 'ada@example.com');
  writeFileSync(path('touch.pub'), `${handMadeSecurityKey('ed25519').publicKey} blue\n`);
  writeFileSync(path('touch'), 'the handle of a device');
  writeFileSync(path('old.pub'), 'ssh-dss AAAAB3NzaC1kc3M= old\n');
  writeFileSync(path('old'), '');

  const env = { ...process.env, SSH_AUTH_SOCK: '' };
  const listed = await listKeys({ folder: keys.folder, copies: temporaryFolder(), env });
  const trust = readTrust(
    Buffer.from(`*@example.com cert-authority,namespaces="${namespace}" ${authority}\n`),
    Buffer.of(),
  );
  const viewed = (changes = {}) =>
    entitlementsOf({
      ...{ keys: listed, trust: { ...trust, ...changes }, policies: [policy], standings: [] },
      ...{ deployers: new Set(), person: 'Ada', covers: () => null, now: new Date('2026-11-24T12:00:00Z') },
    }).keys.map(({ keyFile, names, why, about, line }) => ({
      file: keyFile.slice(keys.folder.length + 1),
      ...{ names, why, about, line },
    }));
  const of = (file: string, changes = {}) => viewed(changes).find((one) => one.file === file);

  expect(of('good-cert.pub')).toMatchObject({
    names: ['ada@example.com'],
    why: '',
    about: expect.stringMatching(
      /^A certificate of SHA256:\S+ for ada@example\.com, root, until 2027-01-01T00:00:00\.000Z\.$/,
    ),
  });
  expect(of('expired-cert.pub')).toMatchObject({ names: [], why: expect.stringMatching(/until 2025-02-01/) });
  expect(of('host-cert.pub')?.why).toMatch(/certificate of a host/);
  expect(of('someone-cert.pub')?.why).toBe(
    'The certificate is for max@example.org; allowed_signers line 1 takes *@example.com.',
  );
  expect(of('foreign-cert.pub')).toMatchObject({
    why: expect.stringMatching(/no cert-authority line with the authority SHA256:/),
    line: `NAME cert-authority,namespaces="${namespace}" ${other}`,
  });
  expect(of('ada')).toMatchObject({
    why: 'allowed_signers has no line with this key.',
    line: `NAME namespaces="${namespace}" ${ada}`,
  });
  expect(of('touch')).toMatchObject({
    about: expect.stringMatching(/touch it/),
    why: expect.stringMatching(/no line/),
  });
  expect(of('old')).toMatchObject({ why: expect.stringMatching(/ssh-dss cannot be verified/), line: '' });
  expect(of('good-cert.pub', { revoked: parseRevokedKeys(Buffer.from(`${authority}\n`)) })?.why).toMatch(
    /authority is revoked/,
  );
  expect(of('good-cert.pub', { revoked: noneRevoked })?.names).toHaveLength(1);
});
