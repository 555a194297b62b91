import type { DetailedPlan } from './detailed-plan.ts';
import type { RunStore } from './store.ts';

/** Hosts on which a step that changes what is served has at least begun. */
export function servedHosts(plan: DetailedPlan, store: RunStore): string[] {
  const serving = new Set(plan.steps.filter(({ serves }) => serves).map(({ id }) => id));
  const touched = store
    .cells(plan.run)
    .filter(({ step, state }) => serving.has(step) && state !== 'waiting' && state !== 'skipped')
    .map(({ host }) => host);
  return plan.hosts.filter((host) => touched.includes(host));
}
