import { z } from 'zod';
import type { Gpu } from '../../../shared/contract/hardware.ts';
import { formatBytes } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const gpu = checkKind({
  kind: 'gpu',
  about: 'Graphics processors and their memory.',
  schema: z.strictObject({
    gpu: z
      .strictObject({
        'any-of': z
          .array(fields.text())
          .min(1)
          .optional()
          .meta({ description: 'Models that will do, by whole words of their names; without it, any.' }),
        memory: fields.size().default(0).meta({ description: 'Memory each must have.' }),
        count: z.int().min(1).default(1).meta({ description: 'How many there must be.' }),
      })
      .meta({
        description: 'Models that will do, the memory each must have, and how many there must be.',
        examples: [{ 'any-of': ['A100', 'H100'], memory: '40 GB', count: 1 }],
      }),
  }),
  title: ({ gpu: { 'any-of': models } }) => `graphics processors${models ? ` (${models.join(', ')})` : ''}`,
  quantities: () => [
    { name: 'gpu count', unit: '', words: ['gpu', 'gpus'], byName: true },
    { name: 'gpu memory', unit: 'B', words: ['gpu', 'vram', 'memory'], byName: true },
  ],
  async measure({ gpu: { 'any-of': models, memory: leastBytes, count } }, context) {
    const { gpus, unknown } = await context.facts();
    if (gpus.length === 0 && unknown.gpus) {
      throw new CannotMeasure(
        `The GPUs of ${context.host ?? 'this machine'} cannot be measured: ${unknown.gpus}`,
      );
    }
    const suitable = gpus.filter((one) => isOneOf(one, models) && (one.memoryBytes ?? 0) >= leastBytes);
    const smallest = Math.min(...suitable.map(({ memoryBytes }) => memoryBytes ?? 0));
    return {
      measured: [
        figure('gpu count', suitable.length, '', describe(gpus)),
        ...(suitable.length > 0 && smallest > 0 ? [figure('gpu memory', smallest, 'B')] : []),
      ],
      conditions: [{ holds: suitable.length >= count, needs: wanted(models, leastBytes, count) }],
      says: `has ${describe(gpus)}`,
    };
  },
});

/** `A10` is not `A100`: a model is named by whole words. */
function isOneOf({ model }: Gpu, models: readonly string[] | undefined): boolean {
  const words = (name: string) =>
    ` ${name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()} `;
  return models === undefined || models.some((name) => words(model).includes(words(name)));
}

/** `8 × NVIDIA A100-SXM4-40GB (42.9 GB)`; models apart. */
function describe(gpus: readonly Gpu[]): string {
  const counts = new Map<string, number>();
  for (const { model, memoryBytes } of gpus) {
    const name = memoryBytes ? `${model} (${formatBytes(memoryBytes)})` : model;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, number]) => `${number} × ${name}`).join(', ') || 'no GPU';
}

function wanted(models: readonly string[] | undefined, leastBytes: number, count: number): string {
  return `${count} × ${models?.join(' or ') ?? 'GPU'}${leastBytes > 0 ? ` with ${formatBytes(leastBytes)}` : ''}`;
}
