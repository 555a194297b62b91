import { z } from 'zod';
import { formatBytes } from '../../../shared/units.ts';
import { CannotMeasure } from '../errors.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const memory = checkKind({
  kind: 'memory',
  about: 'Memory of the machine.',
  schema: z.strictObject({
    memory: z.enum(['total', 'free']).meta({ description: 'Which figure.', examples: ['total'] }),
  }),
  title: (spec) => `${spec.memory} memory`,
  quantities: (spec) => [
    {
      name: `${spec.memory} memory`,
      unit: 'B',
      words: ['ram'],
      byName: true,
    },
  ],
  async measure(spec, context) {
    const { memoryBytes, memoryFreeBytes, unknown } = await context.facts();
    const bytes = spec.memory === 'total' ? memoryBytes : memoryFreeBytes;
    if (bytes === null) {
      const why = unknown[spec.memory === 'total' ? 'memoryBytes' : 'memoryFreeBytes'] ?? '';
      throw new CannotMeasure(`${context.subject} does not tell its ${spec.memory} memory. ${why}`.trim());
    }
    const says = `has ${formatBytes(bytes)} of memory${spec.memory === 'free' ? ' free' : ''}`;
    return { measured: [figure(`${spec.memory} memory`, bytes, 'B')], conditions: [], says };
  },
});
