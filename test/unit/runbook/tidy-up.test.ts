import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal } from '../../../electron/journal/index.ts';
import { runChose, runStarted, stepStarted } from '../../../electron/runbook/entries.ts';
import { type Abilities, RunStore, runProjection } from '../../../electron/runbook/index.ts';
import { compilePlan } from '../../../electron/runbook/plan.ts';
import { tidyUp } from '../../../electron/runbook/tidy-up.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { planInput, step } from '../../support/runbook/plan.ts';

const address = { launch: 'apex@1', run: 'r1' };
const { plan } = compilePlan(
  planInput([step({ lock: {} }), step({ switch: { link: '{root}/current', to: '{root}/next' } })]),
);

/** A run that took both locks and switched the first host, and what is then asked of which host. */
async function tidied({ rollBack, fails = false }: { rollBack: boolean; fails?: boolean }) {
  const journal = openJournal(temporaryFolder(), { projections: [runProjection] });
  onTestFinished(() => journal.close());
  const { run, runbook, title, does, target, version, rehearsal, hosts, rollsBack } = plan;
  const started = { runbook, title, does, target, version, rehearsal, hosts, rollsBack, number: 1, plan: '' };
  const cells = (names: string[]) => names.map((host) => ({ host, attempt: 1, job: `j-${host}` }));
  journal.append(
    'ada',
    runStarted.draft({ ...address, run, ...started }),
    stepStarted.draft({
      ...address,
      step: '01-lock',
      batch: -1,
      title: 'Lock',
      cells: cells(['prd-1', 'prd-2']),
    }),
    stepStarted.draft({ ...address, step: '02-switch', batch: 0, title: 'Switch', cells: cells(['prd-1']) }),
    ...(rollBack
      ? [runChose.draft({ ...address, step: '', batch: -1, hosts: [], choice: 'roll-back', reason: '' })]
      : []),
  );
  const asked: string[] = [];
  const ask = async (host: string, program: string) => {
    asked.push(`${host} ${program.includes('lock given back') ? 'unlock' : 'other'}`);
    return { exitCode: fails ? 1 : 0, stdout: '' };
  };
  const told = await tidyUp(plan, new RunStore(journal), { ask } as unknown as Abilities);
  return { asked: asked.sort(), told };
}

describe('a run that did not end well', () => {
  it('gives the lock back on every host where it took it', async () => {
    expect((await tidied({ rollBack: false })).asked).toEqual(['prd-1 unlock', 'prd-2 unlock']);
  });

  it('leaves the lock to its rollback only where the rollback goes', async () => {
    expect((await tidied({ rollBack: true })).asked).toEqual(['prd-2 unlock']);
  });

  it('says where it could not leave good order', async () => {
    expect((await tidied({ rollBack: false, fails: true })).told).toEqual([
      'prd-1 could not be left in good order: look there',
      'prd-2 could not be left in good order: look there',
    ]);
  });
});
