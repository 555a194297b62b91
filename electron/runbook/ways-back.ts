import type { RollbackPlan } from '../../shared/contract/runbook.ts';
import type { DetailedPlan } from './detailed-plan.ts';
import type { Planned, Planner } from './planner.ts';
import { describeRollback, undoPlan } from './rollback.ts';
import { newRunId } from './run-id.ts';
import { servedHosts } from './served.ts';
import type { RunStore } from './store.ts';

export interface WaysBackOptions {
  launch: string;
  store: RunStore;
  planner: Planner;
  /** Name of the pack's rollback runbook; empty where it has none. */
  rollbackRunbook(): string;
}

/** Plans what going back would be: by the pack's own rollback, or else by undoing the steps of a run. */
export class WaysBack {
  readonly #options: WaysBackOptions;

  constructor(options: WaysBackOptions) {
    this.#options = options;
  }

  /** From where the hosts are now; `of` is the run to take back, null for whatever a target serves. */
  async now(
    target: string,
    of: DetailedPlan | null,
  ): Promise<{ plan: DetailedPlan | null; description: RollbackPlan }> {
    const { store, planner, rollbackRunbook } = this.#options;
    const runbook = rollbackRunbook();
    const hosts = of ? servedHosts(of, store) : undefined;
    if (hosts?.length === 0) {
      const text = 'no host serves anything new yet: stopping the run is enough';
      return { plan: null, description: { ...nothingToDo, facts: [{ ok: false, text }] } };
    }
    const estimateMs = this.#estimateMs(runbook, target);
    if (runbook === '') {
      const plan = of && undoPlan(of, store.cells(of.run), newRunId());
      return {
        plan,
        description: describeRollback({ plan, objections: [], surveys: {}, previous: null, estimateMs }),
      };
    }
    const planned = await planner.plan({
      runbook,
      target,
      hosts,
      run: newRunId(),
      rollsBack: of?.run ?? '',
      notBackTo: of ? [of.contexts['']?.values.known.release ?? ''] : 'current',
    });
    return { plan: planned.plan, description: describeRollback({ ...planned, estimateMs }) };
  }

  /** Of a run that has not begun, as if it changed every host. Null where the pack has no rollback. */
  async beforeStart({ plan, surveys, previous }: Planned): Promise<RollbackPlan | null> {
    const runbook = this.#options.rollbackRunbook();
    if (runbook === '') return null;
    const planned = await this.#options.planner.plan({
      runbook,
      target: plan.target,
      hosts: plan.hosts,
      run: newRunId(),
      rollsBack: plan.run,
      notBackTo: [],
    });
    // Of what is there now: the deploy has not made its own release yet.
    return describeRollback({
      ...planned,
      surveys: { ...surveys, ...planned.surveys },
      previous,
      estimateMs: this.#estimateMs(runbook, plan.target),
    });
  }

  #estimateMs(runbook: string, target: string): number | null {
    const { store, launch } = this.#options;
    return median(store.durationsOf(launch, runbook, target));
  }
}

const nothingToDo: RollbackPlan = {
  possible: false,
  to: '',
  hosts: [],
  facts: [],
  steps: [],
  estimateMs: null,
  runbook: '',
};

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
