import { oc } from '@orpc/contract';
import { z } from 'zod';
import { evidence } from './checklist.ts';
import { rule } from './common.ts';

/** A check of the launch, bound to its items. */
export const boundCheck = z.object({
  id: z.string(),
  kind: z.string(),
  /** What it measures, in a few words: `free space of /data on production`. */
  title: z.string(),
  items: z.array(z.string()),
  hosts: z.array(z.string()),
  rules: z.array(rule),
  /** After this many milliseconds its evidence is stale; null where it does not age. */
  freshMs: z.number().nullable(),
});
export type BoundCheck = z.infer<typeof boundCheck>;

export const checksContract = {
  list: oc.output(z.array(boundCheck)),
  /** Runs the checks of an item, the named checks, or all, and records what they find. */
  run: oc
    .input(z.object({ item: z.string().optional(), checks: z.array(z.string()).optional() }))
    .output(z.array(evidence)),
};
