import type { TargetFile } from './types.ts';

/**
 * How many hosts batches reach. A percentage is of all hosts of the target, rounded up, and never less than one host.
 */
export function coveredBy(batches: TargetFile['batches'], hosts: number): number {
  const sizes = batches.map((batch) =>
    'count' in batch ? batch.count : Math.max(1, Math.ceil((hosts * batch.percent) / 100)),
  );
  return Math.min(
    hosts,
    sizes.reduce((sum, size) => sum + size, 0),
  );
}
