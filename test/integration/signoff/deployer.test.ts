import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openBlobs, openJournal } from '../../../electron/journal/index.ts';
import { createSignoffs, readTrust, signoffProjection } from '../../../electron/signoff/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { sightOf } from '../../unit/signoff/launch.ts';
import { Oracle } from './oracle.ts';

it('whoever started a run may not say go by any name they have: of their journal, or of the same key', async () => {
  const keys = new Oracle(temporaryFolder());
  const ada = keys.makeKey('ada', 'ed25519');
  const bob = keys.makeKey('bob', 'ed25519');
  const trust = readTrust(
    Buffer.from(`ada@example.com,ada@example.org ${ada}\nbob@example.com ${bob}\n`),
    Buffer.of(),
  );
  const journal = openJournal(temporaryFolder(), { projections: [signoffProjection] });
  onTestFinished(() => journal.close());
  let starters = new Set<string>();
  const lead = {
    ...{ role: 'lead', title: 'Lead', signers: ['*@example.com'], approvals: 1, deployerMaySign: false },
    ...{ notAlso: [], sections: null, silentFrom: null },
  };
  const signoffs = createSignoffs({
    ...{ journal, blobs: openBlobs(join(temporaryFolder(), 'blobs')), launch: 'apex@1', trust: () => trust },
    ...{ policies: () => [lead], sight: () => sightOf(), deployers: () => starters, now: () => new Date() },
  });
  const go = { role: 'lead', value: 'go' as const, condition: '' };
  const by = (name: string) => ({
    as: `${name}@example.com`,
    keyFile: join(keys.folder, name),
    ask: async () => null,
  });
  const verdict = (...names: string[]) => {
    starters = new Set(names);
    return signoffs.standings()[0];
  };
  await signoffs.answer('Ada L.', go, by('ada'));
  expect(verdict()).toMatchObject({ verdict: 'go' });
  expect(verdict('Somebody else', 'bob@example.com')).toMatchObject({ verdict: 'go' });
  const refused = { verdict: 'not-entitled', lacks: 'ada@example.com deploys; another person must answer' };
  expect(verdict('ada@example.com'), 'the same name').toMatchObject(refused);
  expect(verdict('Ada L.'), 'the name of her journal').toMatchObject(refused);
  expect(verdict('ada@example.org'), 'another name of her key').toMatchObject(refused);
  await signoffs.answer('Bob', go, by('bob'));
  expect(verdict('Ada L.'), 'another person answers').toMatchObject({ verdict: 'go' });
});
