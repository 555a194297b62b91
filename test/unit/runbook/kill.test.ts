import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Draft, type Journal, openBlobs, openJournal } from '../../../electron/journal/index.ts';
import type { DetailedPlan } from '../../../electron/runbook/detailed-plan.ts';
import {
  type Abilities,
  Heartbeat,
  Outputs,
  RunStore,
  Runs,
  runProjection,
} from '../../../electron/runbook/index.ts';
import { compilePlan } from '../../../electron/runbook/plan.ts';
import type { Planner } from '../../../electron/runbook/planner.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { planInput, runbook, step, target } from '../../support/runbook/plan.ts';
import { World } from '../../support/runbook/world.ts';

const production = target(['prd-1', 'prd-2'], { batches: [{ count: 1 }, { percent: 100 }] });
const steps = [
  step({ lock: {} }),
  step({ run: 'Back up', script: 'pg_dump' }),
  step({ local: 'Note it', script: 'date' }),
  step({ switch: { link: '{root}/current', to: '{root}/next' } }),
  step({ service: { restart: 'apex' } }),
  step({ hold: 'Look at it.', by: 'devops', after: 'first batch' }),
  step({ notify: 'Deployed' }),
];

/** The steps of the plan that are scripts, on their hosts: what must have begun exactly once each. */
function scriptCells(plan: DetailedPlan): string[] {
  return plan.steps
    .flatMap(({ id, compiled }) => Object.keys(compiled).map((host) => `${id} ${host || 'laptop'}`))
    .sort();
}

class Killed extends Error {
  override readonly message = 'nothing can be written.';
}

/** One life of the program over a data folder: it can be killed at its nth write, just before or just after it. */
class Life {
  dead = false;
  readonly runs: Runs;
  #writesLeft: number;

  constructor(
    journal: Journal,
    folder: string,
    world: World,
    planner: Planner,
    killAt: { write: number; before: boolean } | null,
  ) {
    this.#writesLeft = killAt?.write ?? Number.POSITIVE_INFINITY;
    const append = (author: string, ...drafts: Draft[]) => {
      if (this.dead) throw new Killed();
      this.#writesLeft -= 1;
      const last = this.#writesLeft <= 0;
      if (last && killAt?.before) this.#die();
      const entries = journal.append(author, ...drafts);
      if (last) this.#die();
      return entries;
    };
    const outputs = new Outputs(join(folder, 'runs'));
    onTestFinished(() => outputs.close());
    const abilities = {
      notify: () => {},
      ask: async () => ({ exitCode: 0, stdout: '' }),
    } as unknown as Abilities;
    this.runs = new Runs({
      launch: 'apex@1',
      journal: { ...journalMethods(journal), append },
      blobs: openBlobs(join(folder, 'blobs')),
      store: new RunStore(journal),
      outputs,
      heartbeat: new Heartbeat(join(folder, 'runs')),
      planner,
      performers: { jobsOf: () => world.jobsSeenBy(this), abilities },
      rollbackRunbook: () => '',
      secrets: async () => new Map(),
      author: () => 'ada',
      now: () => new Date(),
      keepAwake: () => () => {},
      changed: () => {},
      tell: () => {},
    });
  }

  #die(): never {
    this.dead = true;
    throw new Killed();
  }
}

function journalMethods(journal: Journal): Journal {
  return {
    device: journal.device,
    prepare: (sql) => journal.prepare(sql),
    append: (author, ...drafts) => journal.append(author, ...drafts),
    onAppend: (listener) => journal.onAppend(listener),
    status: () => journal.status(),
    rebuild: () => journal.rebuild(),
    backUp: () => journal.backUp(),
    close: () => journal.close(),
  };
}

/** Lives on until the run has ended, one life a kill, and gives how many writes the last life made. */
async function liveThrough(kills: { write: number; before: boolean }[], world: World) {
  const folder = temporaryFolder();
  const journal = openJournal(folder, { projections: [runProjection] });
  onTestFinished(() => journal.close());
  const planner = plannerOf(planInput([], { runbook: runbook(steps), target: production, run: 'r1' }));
  const store = new RunStore(journal);
  let run = '';
  for (const killAt of [...kills, null]) {
    const life = new Life(journal, folder, world, planner, killAt);
    try {
      if (run === '') run = await start(life);
      else life.runs.resume();
      await untilEndedOrDead(life, run);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      run = store.runsOf('apex@1')[0]?.id ?? '';
    }
    life.dead = true;
  }
  return { journal, store, run };
}

async function start(life: Life): Promise<string> {
  const { digest } = await life.runs.plan({ runbook: 'deploy', target: 'production' });
  return (await life.runs.start({ digest })).id;
}

/** Plays the operator: releases the hold whenever it is open. */
async function untilEndedOrDead(life: Life, run: string): Promise<void> {
  for (;;) {
    if (life.dead) throw new Killed();
    const view = await life.runs.get(run);
    if (view.endedAt) return;
    if (view.question?.kind === 'hold') {
      await life.runs.release({ run, step: view.question.step, role: 'devops', go: true, note: '' });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function plannerOf(input: ReturnType<typeof planInput>): Planner {
  return { plan: async ({ run }) => ({ ...compilePlan({ ...input, run }), surveys: {}, previous: null }) };
}

function expectEachOnce(
  { journal, store, run }: Awaited<ReturnType<typeof liveThrough>>,
  world: World,
): void {
  const row = store.run(run);
  expect(row?.state).toBe('done');
  const { plan } = compilePlan(planInput([], { runbook: runbook(steps), target: production, run }));
  expect([...world.starts.values()].every((count) => count === 1)).toBe(true);
  expect(world.starts.size).toBe(scriptCells(plan).length);
  for (const cell of store.cells(run))
    expect(cell).toMatchObject({ state: 'done', attempt: 1, executions: 1 });
  const incremental = store.cells(run);
  journal.rebuild();
  expect(store.cells(run)).toEqual(incremental);
}

describe('a run whose journal cannot be written any more', () => {
  it('says so, and what to do, instead of waiting for ever', async () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder, { projections: [runProjection] });
    onTestFinished(() => journal.close());
    const planner = plannerOf(planInput([], { runbook: runbook(steps), target: production, run: 'r1' }));
    const life = new Life(journal, folder, new World(), planner, { write: 6, before: true });
    const run = await start(life);
    await expect(life.runs.quiet(run)).rejects.toMatchObject({
      code: 'stuck',
      message: expect.stringMatching(/cannot go on here: nothing can be written\. .*start Holdpoint again/),
    });
    expect(await life.runs.get(run)).toMatchObject({
      state: 'running',
      stuck: expect.stringContaining('cannot go on here'),
    });
  });
});

describe('a run whose program is killed', () => {
  it('at any one journal write, before or after it, ends with every step begun exactly once', async () => {
    const undisturbed = new World();
    const { journal } = await liveThrough([], undisturbed);
    const writes = journal.status().entries;
    expect(writes).toBeGreaterThan(20);
    for (let write = 1; write <= writes; write += 1) {
      for (const before of [true, false]) {
        const world = new World();
        expectEachOnce(await liveThrough([{ write, before }], world), world);
      }
    }
  }, 90_000);

  it('again and again at random writes, ends with every step begun exactly once', async () => {
    const kill = fc.record({ write: fc.integer({ min: 1, max: 12 }), before: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(kill, { maxLength: 8 }), async (kills) => {
        const world = new World();
        expectEachOnce(await liveThrough(kills, world), world);
      }),
      { numRuns: 25 },
    );
  }, 90_000);
});
