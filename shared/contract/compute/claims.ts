import { z } from 'zod';
import { figure, judgement } from './figures.ts';

/** What the checklist asserts, beside what was re-computed. */
export const claimsAnswer = z.object({
  kind: z.literal('claims'),
  periods: z.number().int(),
  from: z.string(),
  to: z.string(),
  claims: z.array(
    judgement.omit({ rule: true, figure: true }).extend({
      /** Of the checklist, from 1. */
      line: z.number().int(),
      /** The item it stands in; null outside of items. */
      item: z.string().nullable(),
      text: z.string(),
      /** A bar to be above, or a figure that is said to have been reached. */
      asserts: z.enum(['rule', 'figure']),
      /** Bound or figure, in the unit of `ours` where there is one. */
      theirs: z.number().nullable(),
      ours: figure.nullable(),
      /** Length of a record of the same quality that would prove it; null where none would, or it is proven. */
      periodsNeeded: z.number().int().nullable(),
      yearsNeeded: z.number().nullable(),
    }),
  ),
  digest: z.string(),
});
export type ClaimsView = z.infer<typeof claimsAnswer>;
