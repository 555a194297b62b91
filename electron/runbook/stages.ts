/** One step on one set of hosts, at its place in a run. */
export interface Stage {
  step: string;
  /** Number of the batch from 0; -1 where the step does not go batch by batch. */
  batch: number;
  /** An empty name stands for the console itself. */
  hosts: string[];
}

/** What the order of a run depends on. */
export interface OrderedStep {
  id: string;
  where: 'hosts' | 'laptop' | 'console';
  batched: boolean;
  /** The hosts it runs on. */
  hosts: readonly string[];
  /** A hold that is passed once, after the first batch. */
  afterFirstBatch: boolean;
}

/**
 * The order of a run: the steps before the batched ones on all hosts, the batched ones batch by batch, then the rest.
 * Batched steps are one contiguous part of the runbook.
 */
export function stagesOf(steps: readonly OrderedStep[], batches: readonly (readonly string[])[]): Stage[] {
  const all = batches.flat();
  const first = steps.findIndex(({ batched }) => batched);
  const end = steps.findLastIndex(({ batched }) => batched) + 1;
  const onAll = (part: readonly OrderedStep[]) => part.flatMap((step) => stageOn(step, -1, all));
  if (first === -1) return onAll(steps);
  const rolling = batches.flatMap((batch, number) =>
    steps
      .slice(first, end)
      .filter(({ afterFirstBatch }) => !afterFirstBatch || (number === 0 && batches.length > 1))
      .flatMap((step) => stageOn(step, number, batch)),
  );
  return [...onAll(steps.slice(0, first)), ...rolling, ...onAll(steps.slice(end))];
}

function stageOn(step: OrderedStep, batch: number, among: readonly string[]): Stage[] {
  if (step.where !== 'hosts') return [{ step: step.id, batch, hosts: [''] }];
  const hosts = among.filter((host) => step.hosts.includes(host));
  return hosts.length > 0 ? [{ step: step.id, batch, hosts }] : [];
}

/**
 * Which steps go batch by batch where the author does not say: from the first one that changes what is served,
 * through the last one that works on hosts or that waits after a batch.
 */
export function batchedByRule(
  steps: readonly {
    where: 'hosts' | 'laptop' | 'console';
    serves: boolean;
    /** As the author says; null where nothing is said. */
    batched: boolean | null;
    /** A hold that waits after a batch. */
    afterBatch: boolean;
  }[],
): boolean[] {
  const first = steps.findIndex(({ serves, batched }) => batched ?? serves);
  const last = steps.findLastIndex(
    ({ where, batched, afterBatch }) => batched ?? (where === 'hosts' || afterBatch),
  );
  return steps.map((_, index) => first !== -1 && index >= first && index <= last);
}

/** Splits hosts into batches of a count or a percentage each; the last takes whatever is left. */
export function batchesOf(
  hosts: readonly string[],
  sizes: readonly ({ count: number } | { percent: number })[],
): string[][] {
  const batches: string[][] = [];
  let taken = 0;
  for (const size of sizes) {
    const wanted = 'count' in size ? size.count : Math.ceil((hosts.length * size.percent) / 100);
    const batch = hosts.slice(taken, taken + Math.max(1, wanted));
    if (batch.length > 0) batches.push(batch);
    taken += batch.length;
  }
  if (taken < hosts.length) batches.push(hosts.slice(taken));
  return batches;
}
