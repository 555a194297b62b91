import { isSettled } from '../../shared/item-status.ts';
import type { OpenChecklist } from '../checklist/index.ts';
import { CannotMeasure, type Surroundings } from '../checks/index.ts';
import type { Laptop, Prober } from '../hardware/index.ts';
import type { Pack } from '../pack/index.ts';
import type { RunStore } from '../runbook/index.ts';
import type { Ssh } from '../ssh/index.ts';
import { itemsAt } from './addresses.ts';
import type { Secrets } from './secrets.ts';
import { environmentOf, fillValues, type Overrides, valuesOn } from './values.ts';

export interface SurroundingsOptions {
  launch: string;
  pack(): Pack;
  overrides: Overrides;
  checklist: OpenChecklist;
  store: RunStore;
  ssh: Ssh;
  prober: Prober;
  laptop: Laptop;
  secrets: Secrets;
  measureReturns: Surroundings['measureReturns'];
}

/** Facts of a host may be this old for a check: several checks of one host then share a round trip. */
const factsAgeMs = 20_000;

/** What the checks of a launch may use of everything else. */
export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  const { launch, pack, overrides, checklist, store, ssh, prober, laptop, secrets } = options;
  const valuesFor = (host: string | null) => valuesOn(pack(), host, overrides);
  return {
    folder: pack().folder,
    measureReturns: options.measureReturns,
    runOnHost: (host, program, runOptions) => ssh.run(host, program, runOptions),
    facts: (host) => (host === null ? laptop.facts() : prober.probe(host, { maxAgeMs: factsAgeMs })),
    fill: (text, host) => fillValues(text, { ...valuesFor(host), ...secrets.cached() }),
    env: (host) => ({ ...environmentOf(valuesFor(host)), ...secrets.cached() }),
    secrets: () => secrets.values(),
    items: (addresses) =>
      addresses.flatMap((address) => {
        const ids = new Set(itemsAt(checklist, address));
        if (ids.size === 0) throw new CannotMeasure(`"${address}" matches nothing in the checklist.`);
        return checklist.items
          .filter(({ id }) => ids.has(id))
          .map(({ id, title, status, gate }) => ({
            id,
            title,
            status,
            settled: isSettled(status, gate !== null),
          }));
      }),
    lastRun(runbook, target) {
      const row = store
        .runsOf(launch)
        .find((one) => one.runbook === runbook && (target === null || one.target === target));
      if (!row) return null;
      const outcome = store.rolledBackBy(row.id)
        ? 'rolled back'
        : row.state === 'done'
          ? 'good'
          : (row.state ?? 'running');
      return { id: row.id, outcome, endedAt: row.ended_at };
    },
  };
}
