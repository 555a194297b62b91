import type { Pack, RunbookFile, StepFile, TargetFile } from '../../../electron/pack/index.ts';
import { stepKind } from '../../../electron/runbook/kinds/index.ts';
import type { PlanInput } from '../../../electron/runbook/plan.ts';

/** A step as a runbook would hold it: the kind's own keys, and any of the common ones under their names in code. */
export function step(spec: Record<string, unknown>, common: Partial<StepFile> = {}): StepFile {
  const kind = Object.keys(spec)[0] ?? '';
  return {
    kind,
    spec: stepKind(kind).schema.parse(spec),
    hosts: null,
    once: false,
    batched: null,
    timeoutMs: null,
    retry: 0,
    idempotent: false,
    doneWhen: null,
    undo: null,
    pointOfNoReturn: false,
    place: { file: 'runbooks/deploy.yaml', line: 1, column: 1, path: 'steps[0]' },
    ...common,
  };
}

export function runbook(steps: StepFile[], changes: Partial<RunbookFile> = {}): RunbookFile {
  return {
    name: 'deploy',
    file: 'runbooks/deploy.yaml',
    title: 'Deploy',
    does: 'deploy',
    needs: {},
    secrets: [],
    steps,
    ...changes,
  };
}

export function target(hosts: string[], changes: Partial<TargetFile> = {}): TargetFile {
  return {
    name: 'production',
    hosts,
    rehearsal: false,
    batches: [],
    vars: { root: '/srv/apex' },
    hostVars: {},
    ...changes,
  };
}

export function pack(runbooks: RunbookFile[], targets: TargetFile[]): Pack {
  return {
    folder: '/packs/apex',
    launch: {
      system: 'APEX-Ranker',
      version: '0.2.0',
      checklist: 'checklist.md',
      t0: null,
      roles: [],
      signing: [],
      criteria: { go: null, noGo: null },
      afterLaunch: [],
      targets,
      checks: [],
      duties: [],
      rollback: null,
      contacts: [],
    },
    runbooks,
    checklistPath: '/packs/apex/checklist.md',
    digests: {},
  };
}

export function planInput(steps: StepFile[], changes: Partial<PlanInput> = {}): PlanInput {
  const book = changes.runbook ?? runbook(steps);
  const on = changes.target ?? target(['prd-1', 'prd-2']);
  return {
    pack: pack([book], [on]),
    runbook: book,
    target: on,
    hosts: on.hosts,
    run: 'r1',
    by: 'ada on laptop',
    rehearsal: true,
    rollsBack: '',
    overrides: {},
    needs: {},
    surveys: {},
    previous: null,
    template: () => '',
    resolveItem: (address) => `No item matches "${address}".`,
    isCheck: () => true,
    ...changes,
  };
}
