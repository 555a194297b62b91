import { z } from 'zod';
import { approvalOf, isEmergency, type PeriodFacts } from './facts.ts';

export const indexSchema = 'holdpoint-audit-index/1';

const moment = z.string();
const decision = z.enum(['go', 'no-go']);

/** index.json: a stable shape. What is added later is added beside what is there. */
export const periodIndex = z.object({
  schema: z.literal(indexSchema),
  writtenAt: moment,
  toolVersion: z.string(),
  device: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  launches: z.array(
    z.object({
      id: z.string(),
      system: z.string(),
      version: z.string(),
      mode: z.enum(['live', 'rehearsal']),
      /** Folder of its own audit bundle, and the SHA-256 of the SHA256SUMS in it. */
      bundle: z.string(),
      digest: z.string(),
      pack: z.object({ folder: z.string(), there: z.boolean() }).nullable(),
      first: moment,
      last: moment,
      decision,
      decidedAt: moment.nullable(),
      decidedBy: z.enum(['board at deployment', 'last board', 'answers']),
      reasons: z.array(z.string()),
      outcome: z.enum(['deployed', 'rolled back', 'aborted', 'under way', 'not deployed']),
      emergency: z.boolean(),
      answers: z.array(
        z.object({
          role: z.string(),
          title: z.string(),
          answer: z.string(),
          condition: z.string(),
          by: z.string(),
          at: moment,
          claimedAt: moment.nullable(),
          /** How it ended; empty while it stands. */
          over: z.string(),
        }),
      ),
      deployments: z.array(
        z.object({
          run: z.string(),
          number: z.number().int(),
          runbook: z.string(),
          target: z.string(),
          rehearsal: z.boolean(),
          by: z.string(),
          startedAt: moment,
          endedAt: moment.nullable(),
          state: z.enum(['done', 'failed', 'stopped']).nullable(),
          rolledBackAt: moment.nullable(),
          approval: z.enum(['before', 'after', 'never']),
          approvedAt: moment.nullable(),
          lacking: z.array(z.string()),
          board: decision.nullable(),
          emergency: z.boolean(),
        }),
      ),
      overrides: z.array(
        z.object({
          item: z.string(),
          title: z.string(),
          by: z.string(),
          at: moment,
          reason: z.string(),
          withdrawnAt: moment.nullable(),
        }),
      ),
      /** Signatures that do not verify, which are kept and count for nothing. */
      refused: z.number().int(),
    }),
  ),
});
export type PeriodIndex = z.infer<typeof periodIndex>;

export function indexJson(
  { launches, writtenAt, toolVersion, device, from, to }: PeriodFacts,
  bundles: readonly { folder: string; digest: string }[],
): PeriodIndex {
  return {
    schema: indexSchema,
    writtenAt: writtenAt.toISOString(),
    ...{ toolVersion, device, from, to },
    launches: launches.map(
      ({ facts, pack, first, last, decided, outcome, answers, deployments, overrides }, index) => ({
        ...facts.launch,
        bundle: bundles[index]?.folder ?? '',
        digest: bundles[index]?.digest ?? '',
        ...{ pack, first, last, decision: facts.decision, decidedAt: decided.at, decidedBy: decided.basis },
        ...{ reasons: [...facts.reasons], outcome, emergency: deployments.some(isEmergency) },
        answers: answers.map((one) => ({ ...one })),
        deployments: deployments.map(({ board, ...one }) => ({
          ...one,
          board: board?.decision ?? null,
          approval: approvalOf({ ...one, board }),
          emergency: isEmergency({ ...one, board }),
        })),
        overrides: overrides.map((one) => ({ ...one })),
        refused: facts.refused.length,
      }),
    ),
  };
}
