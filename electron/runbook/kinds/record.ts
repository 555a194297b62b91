import { z } from 'zod';
import { itemState } from '../../../shared/contract/common.ts';
import { fields } from '../../pack/index.ts';
import { fillPlain } from '../text.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  record: z.strictObject({
    items: z
      .array(fields.reference('item'))
      .min(1)
      .meta({ description: 'Items of the checklist, by heading path and text.' }),
    state: itemState.default('done').meta({ description: 'The state they get.' }),
    note: z.string().default('').meta({ description: 'Goes to the items as a note.' }),
  }),
});
export type RecordSpec = z.infer<typeof schema>;

export const record = kindOf<RecordSpec>({
  kind: 'record',
  style: 'act',
  where: 'console',
  about:
    'Marks items of the checklist, in the name of this run. A gate is never marked: its checks speak for it.',
  schema,
  timeoutMs: 60_000,
  title: ({ record: { items, state } }) =>
    `Record ${items.length === 1 ? 'an item' : `${items.length} items`} as ${state}`,
  act: async ({ record: spec }, { abilities, values, log }) => {
    const note = fillPlain(spec.note || '{system} {version} on {target}, run {run}', values);
    const items = await abilities.record(spec.items, spec.state, note);
    for (const { title, state, gate } of items) log(gate ? `${title}: a gate, noted` : `${title}: ${state}`);
    return { ok: true, outcome: `${items.length} item${items.length === 1 ? '' : 's'} recorded` };
  },
});
