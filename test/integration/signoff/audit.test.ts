import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../electron/hosts/index.ts';
import { verifyAudit } from '../../../electron/report/index.ts';
import { readBundleFiles } from '../../../electron/signoff/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { openAt, team } from './team.ts';

const now = new Date();
const days = { from: '2001-01-01', to: null };

async function signedLaunch(host: Partial<Host> = {}) {
  const { pack, keyOf } = team();
  const client = await openAt(pack, { host });
  await client.checks.run({});
  await client.signoff.sign({ role: 'devops', value: 'go', as: 'bob@example.com', keyFile: keyOf('bob') });
  return { client, pack };
}

describe('the audit from the window', () => {
  it('says what it will hold, and then holds it, with the report as a PDF', async () => {
    const { client } = await signedLaunch();
    const apex = { id: 'Apex@1.0.0', system: 'Apex', version: '1.0.0', mode: 'live', signatures: 1 };
    expect(await client.audit.scope({ period: null })).toEqual({
      launches: [apex],
      pdf: { can: true, why: '' },
    });
    const path = join(temporaryFolder(), 'audit.zip');
    const written = await client.audit.write({ path, period: null, pdf: true });
    const files = readBundleFiles(path);
    expect(written).toMatchObject({ path, launches: 1, files: files.size, withoutPdf: '' });
    expect(verifyAudit(files, now)).toMatchObject({ ok: true, findings: [], digest: written.digest });
    const pdf = { input: files.get('report.pdf'), encoding: 'utf8' } as const;
    expect(spawnSync('pdftotext', ['-', '-'], pdf).stdout).toMatch(/Apex 1\.0\.0: NO-GO/);
    await expect(client.audit.write({ path, period: null, pdf: true })).rejects.toThrow(/already/);
  });

  it('is written without the PDF where the host cannot print, or fails to, and says why', async () => {
    let tries = 0;
    const print = async () => {
      tries += 1;
      throw new Error('The printer is on fire.');
    };
    for (const can of [false, true]) {
      const why = can ? '' : 'There is no printer.';
      const { client } = await signedLaunch({ pdf: { can, why, print } });
      expect((await client.audit.scope({ period: null })).pdf).toEqual({ can, why });
      const path = join(temporaryFolder(), 'audit');
      const written = await client.audit.write({ path, period: null, pdf: true });
      expect(written.withoutPdf).toBe(can ? 'The printer is on fire.' : why);
      expect(existsSync(join(path, 'report.pdf'))).toBe(false);
      expect(verifyAudit(readBundleFiles(path), now).ok).toBe(true);
    }
    expect(tries).toBe(1);
  });

  it('of a period takes in all launches of its days, with no pack open', async () => {
    const { client, pack } = await signedLaunch();
    await client.pack.open({ folder: pack, mode: 'live' });
    await client.pack.close();
    await expect(client.audit.scope({ period: null })).rejects.toThrow(/No launch pack is open/);
    const { launches } = await client.audit.scope({ period: days });
    expect(launches).toEqual([
      { id: 'Apex@1.0.0', system: 'Apex', version: '1.0.0', mode: 'live', signatures: 1 },
    ]);
    expect((await client.audit.scope({ period: { from: null, to: '2001-01-01' } })).launches).toEqual([]);
    const path = join(temporaryFolder(), 'period.zip');
    expect(await client.audit.write({ path, period: days, pdf: true })).toMatchObject({
      launches: 1,
      withoutPdf: '',
    });
    const files = readBundleFiles(path);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['index.pdf', 'launches/0001-Apex-1.0.0/report.pdf']),
    );
    expect(verifyAudit(files, now)).toMatchObject({ ok: true, findings: [] });
  });
});
