import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openJournal } from '../../../electron/journal/index.ts';
import { projections } from '../../../electron/recorded.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { openAt, team } from './team.ts';

it('a copied data folder signs two histories: the board says no-go and why, until the key is revoked', async () => {
  const { pack, keyOf } = team();
  const [first, copied] = [temporaryFolder(), join(temporaryFolder(), 'copy')];
  openJournal(first, { projections }).close();
  cpSync(first, copied, { recursive: true });
  const [laptop, copy] = [
    await openAt(pack, { dataFolder: first }),
    await openAt(pack, { dataFolder: copied }),
  ];
  const bob = { role: 'devops', as: 'bob@example.com', keyFile: keyOf('bob') };
  await laptop.signoff.sign({ ...bob, value: 'go' });
  await copy.signoff.sign({ ...bob, value: 'no-go', condition: 'the disk is slow' });
  const zip = join(temporaryFolder(), 'copy.zip');
  await copy.signoff.export({ path: zip });
  const alarm = () =>
    laptop.board.get().then(({ reasons }) => reasons.filter(({ code }) => code === 'two-histories'));
  expect(await alarm()).toEqual([]);
  await laptop.signoff.import({ path: zip, keep: true });
  const [reason] = (await laptop.board.get()).reasons;
  expect(reason).toMatchObject({
    code: 'two-histories',
    text: expect.stringMatching(
      /^bob@example\.com signed two different entries as number 1: ask which are theirs/,
    ),
    link: { to: 'review' },
  });
  writeFileSync(join(pack, 'revoked_keys'), readFileSync(`${keyOf('bob')}.pub`));
  expect(await alarm()).toEqual([]);
});
