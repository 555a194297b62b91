import type { TargetFile } from './types.ts';

/** Hosts in the order they go, batch by batch. Percentages are of all hosts, rounded up. The last batch takes the rest. */
export function splitBatches(hosts: readonly string[], batches: TargetFile['batches']): string[][] {
  let rest = [...hosts];
  const split = batches.map((batch, index) => {
    const taken = index === batches.length - 1 ? rest.length : sizeOf(batch, hosts.length);
    const now = rest.slice(0, taken);
    rest = rest.slice(taken);
    return now;
  });
  return split.filter((batch) => batch.length > 0);
}

/** How many hosts the batches reach without the last one taking more than it says. */
export function coveredBy(batches: TargetFile['batches'], hosts: number): number {
  return Math.min(
    hosts,
    batches.reduce((sum, batch) => sum + sizeOf(batch, hosts), 0),
  );
}

const sizeOf = (batch: TargetFile['batches'][number], hosts: number) =>
  'count' in batch ? batch.count : Math.ceil((hosts * batch.percent) / 100);
