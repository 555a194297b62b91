import { expect, test } from 'vitest';
import { isOfEvidence, scan } from '../../support/stage/scan.ts';
import { stageForTests } from '../../support/stage/session.ts';

const stage = stageForTests();

test('no screen of evidence has anything a screen reader or a weak eye would stumble over', async () => {
  expect(await scan(stage, isOfEvidence)).toEqual([]);
}, 900_000);
