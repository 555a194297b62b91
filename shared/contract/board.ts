import { oc } from '@orpc/contract';
import { z } from 'zod';
import { item, itemStatus, progress } from './checklist.ts';
import { answerValue, instant } from './common.ts';

export const link = z.discriminatedUnion('to', [
  z.object({ to: z.literal('item'), item: z.string() }),
  z.object({ to: z.literal('role'), role: z.string() }),
  z.object({ to: z.literal('run'), run: z.string() }),
  z.object({ to: z.literal('review') }),
  z.object({ to: z.literal('settings') }),
]);
export type Link = z.infer<typeof link>;

export const reason = z.object({
  code: z.enum([
    'go-criterion',
    'no-go-criterion',
    'gate',
    'blocker',
    'role-no-go',
    'role-silent',
    'role-missing',
    'role-conflict',
    'disputed',
    'two-histories',
    'unmatched',
  ]),
  status: itemStatus,
  text: z.string(),
  link,
});
export type Reason = z.infer<typeof reason>;

export const roleAnswer = z.object({
  role: z.string(),
  title: z.string(),
  covers: z.array(z.string()).nullable(),
  deploys: z.boolean(),
  answer: z
    .object({
      value: answerValue,
      condition: z.string(),
      by: z.string(),
      at: instant,
      /** By a signature that verifies; the time is then the one its author claims. */
      signed: z.boolean(),
    })
    .nullable(),
  /** What was signed is no longer what is there; absent where nothing is signed. */
  outdated: z.boolean().optional(),
  /** Why the role's answer does not count as a go, in a sentence; empty where it does. */
  lacks: z.string(),
  /** The time for an answer is over. */
  silent: z.boolean(),
  /** When a missing answer becomes a no-go; null where it never does. */
  silenceAt: instant.nullable(),
});
export type RoleAnswer = z.infer<typeof roleAnswer>;

export const decision = z.enum(['go', 'no-go']);
export type Decision = z.infer<typeof decision>;

export const board = z.object({
  decision,
  /** Why not; empty with a go. Most decisive first. */
  reasons: z.array(reason),
  go: z.array(item),
  noGo: z.array(item),
  gates: z.array(item),
  overrides: z.array(item),
  waivers: z.array(item),
  blockers: z.array(item),
  roles: z.array(roleAnswer),
  /** Contact fields nobody has filled in: `DevOps: phone`. */
  emptyContacts: z.array(z.string()),
  progress,
  /** Items that can be worked now, in document order, a handful. */
  next: z.array(item),
});
export type Board = z.infer<typeof board>;

export const boardContract = {
  get: oc.output(board),
  answer: oc
    .input(z.object({ role: z.string(), value: answerValue, condition: z.string().default('') }))
    .output(board),
  withdraw: oc.input(z.object({ role: z.string() })).output(board),
};
