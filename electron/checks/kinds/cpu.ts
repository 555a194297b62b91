import { z } from 'zod';
import { CannotMeasure } from '../errors.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const cpu = checkKind({
  kind: 'cpu',
  about: 'Processor cores of the machine.',
  schema: z.strictObject({
    cpu: z.enum(['cores']).meta({ description: 'Which figure.', examples: ['cores'] }),
  }),
  title: () => 'processor cores',
  quantities: () => [
    { name: 'cpu cores', unit: '', words: ['core', 'cores', 'vcpu', 'vcpus', 'processors'], byName: true },
  ],
  async measure(_spec, context) {
    const { cores, cpu: model, unknown } = await context.facts();
    if (cores === null) {
      throw new CannotMeasure(`${context.subject} does not tell its cores. ${unknown.cores ?? ''}`.trim());
    }
    const says = `has ${cores} cores${model ? ` (${model})` : ''}`;
    return { measured: [figure('cpu cores', cores, '', `${cores} cores`)], conditions: [], says };
  },
});
