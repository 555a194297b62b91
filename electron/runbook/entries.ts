import { z } from 'zod';
import { cellState, choice } from '../../shared/contract/runbook.ts';
import { entryKind } from '../journal/index.ts';

const address = { launch: z.string(), run: z.string() };
/** `batch` is -1 for a step that does not go batch by batch; `host` is empty for what the console does itself. */
const cellAddress = { ...address, step: z.string(), batch: z.number().int(), host: z.string() };
const stage = { ...address, step: z.string(), batch: z.number().int() };

export const runStarted = entryKind(
  'run.started',
  z.object({
    ...address,
    number: z.number().int(),
    /** SHA-256 of the whole plan, kept beside the journal. */
    plan: z.string(),
    runbook: z.string(),
    title: z.string(),
    does: z.string(),
    target: z.string(),
    version: z.string(),
    rehearsal: z.boolean(),
    hosts: z.array(z.string()),
    rollsBack: z.string(),
  }),
);

/** Written before anything is asked of a host: from then on the step may have started there. */
export const stepStarted = entryKind(
  'run.step-started',
  z.object({
    ...stage,
    title: z.string(),
    cells: z.array(z.object({ host: z.string(), attempt: z.number().int(), job: z.string() })),
  }),
);

export const stepEnded = entryKind(
  'run.step-ended',
  z.object({
    ...cellAddress,
    title: z.string(),
    attempt: z.number().int(),
    state: cellState,
    exitCode: z.number().int().nullable(),
    outcome: z.string(),
    logBytes: z.number().int(),
    logDigest: z.string(),
    executions: z.number().int().nullable(),
  }),
);

export const runHeld = entryKind(
  'run.held',
  z.object({ ...stage, text: z.string(), roles: z.array(z.string()), until: z.string().nullable() }),
);

export const holdAnswered = entryKind(
  'run.hold-answered',
  z.object({
    ...stage,
    /** Empty where nobody answered in time. */
    role: z.string(),
    go: z.boolean(),
    note: z.string(),
  }),
);

export const runChose = entryKind(
  'run.chose',
  z.object({ ...stage, hosts: z.array(z.string()), choice, reason: z.string() }),
);

export const stopAsked = entryKind(
  'run.stop-asked',
  z.object({ ...address, when: z.enum(['after-step', 'now']) }),
);

export const runEnded = entryKind(
  'run.ended',
  z.object({
    ...address,
    title: z.string(),
    state: z.enum(['done', 'failed', 'stopped']),
    ending: z.string(),
    changes: z.array(z.string()),
  }),
);
