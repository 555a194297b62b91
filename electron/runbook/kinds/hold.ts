import { z } from 'zod';
import { parseDurationMs } from '../../../shared/units.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  hold: z.string().min(1).describe('What to look at before the run goes on.'),
  by: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe('Roles, any one of which may release the hold.'),
  within: z
    .string()
    .refine((text) => parseDurationMs(text) !== null, 'is a duration such as `15 min`')
    .optional()
    .describe('How long to wait for an answer; without it, for ever.'),
  otherwise: z.enum(['stop', 'go on']).default('stop').describe('What happens when nobody answers in time.'),
  after: z
    .enum(['first batch', 'each batch'])
    .optional()
    .describe('Only once, after the first batch, or after each.'),
});
type Spec = z.infer<typeof schema>;

export const hold = kindOf<Spec>({
  kind: 'hold',
  style: 'hold',
  where: 'console',
  about:
    'Waits until a named role releases it. No one else’s word and no lapse of time counts as a release, unless it says so.',
  schema,
  timeoutMs: 0,
  title: ({ hold: text }) => `Hold: ${text.replace(/\.$/, '')}`,
  hold: ({ hold: text, by, within, otherwise, after }) => ({
    text,
    roles: [by].flat(),
    withinMs: within === undefined ? null : parseDurationMs(within),
    otherwise,
    after: after ?? null,
  }),
});
