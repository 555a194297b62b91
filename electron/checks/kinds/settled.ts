import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const settled = checkKind({
  kind: 'settled',
  about: 'Whether other items of the checklist are settled.',
  ofLaunch: true,
  schema: z.strictObject({
    settled: z
      .array(fields.reference('items'))
      .min(1)
      .meta({
        description: 'Items, or headings for all items below them.',
        examples: [['Model validation', 'API server > Health endpoint']],
      }),
  }),
  title: (spec) => `whether ${spec.settled.join(', ')} ${spec.settled.length > 1 ? 'are' : 'is'} settled`,
  quantities: () => [{ name: 'open items', unit: '', words: ['open', 'unsettled'], byName: true }],
  async measure(spec, context) {
    const items = context.items(spec.settled);
    if (items.length === 0) {
      throw new CannotMeasure(`There are no items at ${spec.settled.join(', ')}. Name some that are there.`);
    }
    const open = items.filter((item) => !item.settled);
    const named = open.slice(0, 3).map(({ title, status }) => `"${title}" (${status})`);
    const rest = open.length > 3 ? ` and ${open.length - 3} more` : '';
    return {
      measured: [figure('open items', open.length, '', `${items.length - open.length} of ${items.length}`)],
      conditions: [{ holds: open.length === 0, needs: 'all of them' }],
      says: `counts ${items.length - open.length} of ${items.length} items settled${
        named.length > 0 ? `: not ${named.join(', ')}${rest}` : ''
      }`,
    };
  },
});
