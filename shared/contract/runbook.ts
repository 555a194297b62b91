import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { instant, problem } from './common.ts';

export const stepKind = z.enum([
  'preflight',
  'lock',
  'run',
  'local',
  'upload',
  'release',
  'write',
  'switch',
  'service',
  'http',
  'check',
  'hold',
  'record',
  'notify',
]);
export type StepKind = z.infer<typeof stepKind>;

/** One step of a plan: everything that can be known before the start. */
export const plannedStep = z.object({
  /** Stable inside the runbook: `07-switch`. */
  id: z.string(),
  number: z.number().int(),
  kind: stepKind,
  title: z.string(),
  /** The hosts it runs on, in order; empty for what the console does itself (hold, record, notify, check). */
  hosts: z.array(z.string()),
  /** Goes batch by batch; otherwise all its hosts at once. */
  batched: z.boolean(),
  /** What will run, by host; hosts with the same text share one. Secrets appear as their names. */
  scripts: z.array(z.object({ hosts: z.array(z.string()), shell: z.string(), text: z.string() })),
  timeoutMs: z.number(),
  /** What would take it back, in a sentence or a script; empty where nothing can. */
  undo: z.string(),
  pointOfNoReturn: z.boolean(),
  hold: z
    .object({
      text: z.string(),
      roles: z.array(z.string()),
      withinMs: z.number().nullable(),
      otherwise: z.enum(['stop', 'go on']),
      afterFirstBatch: z.boolean(),
    })
    .nullable(),
});
export type PlannedStep = z.infer<typeof plannedStep>;

/** The rollback that would be taken, shown before it is needed. */
export const rollbackPlan = z.object({
  possible: z.boolean(),
  /** The release it goes back to; empty where there is none. */
  to: z.string(),
  hosts: z.array(z.string()),
  facts: z.array(z.object({ ok: z.boolean(), text: z.string() })),
  steps: z.array(plannedStep),
  /** Median of earlier runs; null before the first. */
  estimateMs: z.number().nullable(),
  /** Runbook it runs; empty where the steps' own undo is used. */
  runbook: z.string(),
});
export type RollbackPlan = z.infer<typeof rollbackPlan>;

export const plan = z.object({
  /** Names exactly this plan: `start` refuses when anything has changed since. */
  digest: z.string(),
  runbook: z.string(),
  title: z.string(),
  does: z.string(),
  target: z.string(),
  version: z.string(),
  rehearsal: z.boolean(),
  hosts: z.array(z.string()),
  batches: z.array(z.array(z.string())),
  steps: z.array(plannedStep),
  /** Files the run needs, as found on this machine. */
  needs: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number(), sha256: z.string() })),
  secrets: z.array(z.object({ name: z.string(), known: z.boolean() })),
  /** Mistakes in the runbook and things that stand against starting. A blocking one must go first. */
  objections: z.array(z.object({ blocking: z.boolean(), text: z.string(), problem: problem.optional() })),
  rollback: rollbackPlan.nullable(),
});
export type Plan = z.infer<typeof plan>;

/**
 * `lost`: the host restarted or the process is gone without a result. `unknown`: started, but nothing can be seen.
 * Only a person, or a declared probe, moves a cell on from those two.
 */
export const cellState = z.enum([
  'waiting',
  'running',
  'done',
  'failed',
  'timed-out',
  'lost',
  'unknown',
  'skipped',
  'left-out',
]);
export type CellState = z.infer<typeof cellState>;

export const cell = z.object({
  /** Empty for what the console does itself. */
  host: z.string(),
  state: cellState,
  attempt: z.number().int(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** How it ended, in a few words: `exit 1`, `0.2.0 answers`, `killed after 10 min`. */
  outcome: z.string(),
  exitCode: z.number().int().nullable(),
  logBytes: z.number(),
  /** SHA-256 of the whole output once the step has ended. */
  logDigest: z.string(),
  /** How often the script really started on the host, as the host counted it; null before it is known. */
  executions: z.number().int().nullable(),
});
export type Cell = z.infer<typeof cell>;

export const choice = z.enum(['go-on', 'retry', 'skip', 'leave-out', 'done', 'roll-back', 'stop']);
export type Choice = z.infer<typeof choice>;

/** What the run waits for a person to say. */
export const question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hold'),
    step: z.string(),
    text: z.string(),
    roles: z.array(z.string()),
    since: instant,
    /** When nobody's answer ends the wait; null where it waits for ever. */
    until: instant.nullable(),
    otherwise: z.enum(['stop', 'go on']),
  }),
  z.object({
    kind: z.literal('choice'),
    step: z.string(),
    hosts: z.array(z.string()),
    state: cellState,
    text: z.string(),
    choices: z.array(choice),
    since: instant,
  }),
  z.object({ kind: z.literal('secret'), names: z.array(z.string()), text: z.string(), since: instant }),
]);
export type Question = z.infer<typeof question>;

export const runState = z.enum(['running', 'holding', 'asking', 'stopping', 'done', 'failed', 'stopped']);
export type RunState = z.infer<typeof runState>;

export const runSummary = z.object({
  id: z.string(),
  number: z.number().int(),
  runbook: z.string(),
  title: z.string(),
  does: z.string(),
  target: z.string(),
  version: z.string(),
  rehearsal: z.boolean(),
  state: runState,
  by: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** The run this one rolls back. */
  rollsBack: z.string().nullable(),
  /** The run that rolled this one back. */
  rolledBackBy: z.string().nullable(),
  /** Where it is: `7 of 12 · Switch current`. */
  where: z.string(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** What is known of the link to a host during a run. */
export const hostLink = z.object({
  host: z.string(),
  state: z.enum(['connected', 'connecting', 'lost']),
  since: instant,
  /** `link lost; the step goes on there; next look in 4 s`. */
  text: z.string(),
});
export type HostLink = z.infer<typeof hostLink>;

export const runView = runSummary.extend({
  steps: z.array(plannedStep.extend({ cells: z.array(cell) })),
  hosts: z.array(z.string()),
  batches: z.array(z.array(z.string())),
  batch: z.number().int().nullable(),
  question: question.nullable(),
  rollback: rollbackPlan.nullable(),
  links: z.array(hostLink),
  /** What changed on the hosts, a line each, once the run has ended. */
  changes: z.array(z.string()),
  /** Why it ended as it did, in a sentence; empty while it runs. */
  ending: z.string(),
  /** Why nothing more happens although it has not ended; empty while it goes on. */
  stuck: z.string(),
});
export type RunView = z.infer<typeof runView>;

const cellAddress = z.object({ run: z.string(), step: z.string(), host: z.string() });

export const logLines = z.object({
  /** Number of the first line, from 0. */
  from: z.number().int(),
  lines: z.array(z.string()),
  totalLines: z.number().int(),
  totalBytes: z.number(),
  ended: z.boolean(),
});
export type LogLines = z.infer<typeof logLines>;

const runId = z.object({ run: z.string() });
const planInput = z.object({
  runbook: z.string(),
  target: z.string(),
  hosts: z.array(z.string()).optional(),
});

export const runbookContract = {
  plan: oc.input(planInput).output(plan),
  start: oc.input(planInput.extend({ digest: z.string() })).output(runView),
  list: oc.output(z.array(runSummary)),
  get: oc.input(runId).output(runView),
  /** Releases or refuses the hold the run waits at, in the name of a role. */
  release: oc
    .input(
      runId.extend({ step: z.string(), role: z.string(), go: z.boolean(), note: z.string().default('') }),
    )
    .output(runView),
  choose: oc
    .input(
      runId.extend({
        step: z.string(),
        hosts: z.array(z.string()),
        choice,
        /** Required to skip, leave out, or call a lost step done. */
        reason: z.string().default(''),
      }),
    )
    .output(runView),
  /** `after-step` lets running steps end; `now` also ends them on their hosts. */
  stop: oc.input(runId.extend({ when: z.enum(['after-step', 'now']) })).output(runView),
  /** What going back would do now, verified on the hosts. */
  rollbackPlan: oc.input(z.object({ target: z.string(), run: z.string().optional() })).output(rollbackPlan),
  rollBack: oc.input(z.object({ target: z.string(), run: z.string().optional() })).output(runView),
  giveSecret: oc.input(z.object({ name: z.string(), value: z.string() })).output(z.null()),
  log: oc
    .input(cellAddress.extend({ from: z.number().int(), count: z.number().int().max(2000) }))
    .output(logLines),
  findInLog: oc
    .input(cellAddress.extend({ text: z.string().min(1) }))
    .output(z.object({ lines: z.array(z.number().int()), more: z.boolean() })),
  /** Sizes of growing logs while the caller listens, a few times a second at most. */
  watchLog: oc
    .input(cellAddress)
    .output(
      eventIterator(z.object({ totalLines: z.number().int(), totalBytes: z.number(), ended: z.boolean() })),
    ),
};
