import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  hold: fields.text().meta({ description: 'What to look at before the run goes on.' }),
  by: fields
    .oneOrMore(fields.reference('role'))
    .meta({ description: 'Roles, any one of which may release the hold.' }),
  within: fields
    .duration()
    .optional()
    .meta({ description: 'How long to wait for an answer; without it, for ever.' }),
  otherwise: z
    .enum(['stop', 'go on'])
    .default('stop')
    .meta({ description: 'What happens when nobody answers in time.' }),
  after: z
    .enum(['first batch', 'each batch'])
    .optional()
    .meta({ description: 'Only once, after the first batch, or after each.' }),
});
type Spec = z.infer<typeof schema>;

export const hold = kindOf<Spec>({
  kind: 'hold',
  style: 'hold',
  where: 'console',
  about:
    'Waits until a named role releases it. Nobody else does, and no lapse of time but with `otherwise: go on`.',
  schema,
  timeoutMs: 0,
  title: ({ hold: text }) => `Hold: ${text.replace(/\.$/, '')}`,
  hold: ({ hold: text, by, within, otherwise, after }) => ({
    text,
    roles: by,
    withinMs: within ?? null,
    otherwise,
    after: after ?? null,
  }),
});
