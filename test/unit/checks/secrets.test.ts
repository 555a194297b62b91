import { describe, expect, it } from 'vitest';
import type { CheckContext, Found } from '../../../electron/checks/kind.ts';
import { bind, checkFile, fakeKind, gigabytes, openLaunch, surroundingsWith } from './fakes.ts';

describe('secrets', () => {
  const secret = 'canary "s3cr3t" ✓';

  it('are in nothing that is recorded, however a service echoes them', async () => {
    const leak = [
      secret,
      JSON.stringify({ secret }),
      encodeURIComponent(secret),
      Buffer.from(`user:${secret}`).toString('base64'),
      Buffer.from(`ab${secret}`).toString('base64'),
    ].join(' | ');
    const echo = async ({ env }: CheckContext): Promise<Found> => ({
      measured: [{ quantity: 'free space', value: leak, unit: '', text: env.TOKEN ?? '' }],
      conditions: [{ holds: false, needs: `"${leak}" in it` }],
      says: `answers ${leak}`,
      versions: {},
    });
    const failing = async (): Promise<Found> => {
      throw new Error(`curl failed with ${leak}`);
    };
    const kinds = [fakeKind(echo, { kind: 'echo' }), fakeKind(failing, { kind: 'failing' })];
    const surroundings = surroundingsWith({ secrets: () => [secret, ''], env: () => ({ TOKEN: secret }) });
    const { checks, journal } = openLaunch(
      bind([checkFile('echo', {}), checkFile('failing', {})], { kinds }),
      {
        surroundings,
      },
    );
    const evidence = await checks.run({});
    const everything = JSON.stringify([
      evidence,
      checks.gates().get('item'),
      checks.evidence('item'),
      journal.prepare('SELECT body FROM entry').all(),
      journal.prepare('SELECT body FROM evidence').all(),
    ]);
    expect(everything).toContain('[secret]');
    expect(everything).not.toContain('s3cr3t');
    const base64 = Buffer.from(secret).toString('base64');
    for (const shift of [0, 1, 2]) {
      const shifted = Buffer.from(' '.repeat(shift) + secret).toString('base64');
      expect(everything).not.toContain(shifted.slice(4, base64.length - 4));
    }
  });

  it('that are numbers are taken out of figures as well', async () => {
    const kind = fakeKind(async () => gigabytes(48_151_623));
    const surroundings = surroundingsWith({ secrets: () => ['48151623'] });
    const { checks } = openLaunch(bind([checkFile('fake', {})], { kinds: [kind] }), { surroundings });
    expect(JSON.stringify(await checks.run({}))).not.toContain('48151623');
  });
});
