import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { fillPlain } from '../text.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  notify: z
    .union([
      fields.text(),
      z.strictObject({
        title: fields.text().meta({ description: 'The first line.' }),
        text: z.string().default('').meta({ description: 'What follows it.' }),
      }),
    ])
    .meta({ description: 'The text, or title and text.' }),
});
type Spec = z.infer<typeof schema>;

export const notify = kindOf<Spec>({
  kind: 'notify',
  style: 'act',
  where: 'console',
  about: 'Shows a notification on this machine and writes it into the journal.',
  schema,
  timeoutMs: 60_000,
  title: ({ notify: spec }, values) =>
    `Notify: ${fillPlain(typeof spec === 'string' ? spec : spec.title, values)}`,
  act: async ({ notify: spec }, { abilities, values, log }) => {
    const [title, text] = typeof spec === 'string' ? [spec, ''] : [spec.title, spec.text];
    abilities.notify(fillPlain(title, values), fillPlain(text, values));
    log(fillPlain(`${title}${text && `: ${text}`}`, values));
    return { ok: true, outcome: 'shown on this machine' };
  },
});
