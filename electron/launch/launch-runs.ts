import { join } from 'node:path';
import type { Journal } from '../journal/index.ts';
import type { Pack } from '../pack/index.ts';
import { createPlanner, Heartbeat, type Outputs, type RunStore, Runs } from '../runbook/index.ts';
import { createJobs } from '../ssh/index.ts';
import { type AbilitiesOptions, abilitiesOf } from './abilities.ts';
import type { LaunchParts, LaunchSource } from './launch-parts.ts';

interface RunsOptions extends Omit<AbilitiesOptions, 'author'>, Pick<LaunchSource, 'mode' | 'overlay'> {
  launch: string;
  /** As its files are by now. */
  pack(): Pack;
  records: Journal;
  store: RunStore;
  outputs: Outputs;
  /** A run has gone on, which may change what checks say. */
  changed(): void;
}

/** The runs of a launch, planned over its pack and made with its connections, checks and checklist. */
export function createRuns(
  { blobs, dataFolder, host, secrets, changes, author, now }: LaunchParts,
  options: RunsOptions,
): Runs {
  const { launch, pack, mode, overlay, records, store, outputs, checklist, checks, ssh, prober, notify } =
    options;
  const abilities = abilitiesOf({ checklist, checks, ssh, prober, author, notify });
  const jobs = createJobs(ssh, { dataFolder });
  return new Runs({
    launch,
    journal: records,
    blobs,
    store,
    outputs,
    heartbeat: new Heartbeat(join(dataFolder, 'runs')),
    planner: createPlanner({
      pack,
      rehearsal: mode === 'rehearsal',
      overrides: overlay?.hostVars ?? {},
      needs: overlay?.needs ?? {},
      ask: abilities.ask,
      author,
      resolveItem: (address) => {
        const resolved = checklist.resolveItems(address);
        return resolved.ok ? resolved.ids : resolved.message;
      },
      isCheck: (id) => pack().launch.checks.some((check) => check.id === id),
    }),
    performers: { jobsOf: () => jobs, abilities },
    rollbackRunbook: () => pack().launch.rollback?.runbook ?? '',
    secrets: (names) => secrets.known(names),
    author,
    now,
    keepAwake: (reason) => host.awake.hold(reason),
    changed: (run) => {
      changes.publish({ topic: 'run', run });
      changes.publish({ topic: 'runs' });
      changes.publish({ topic: 'session' });
      options.changed();
    },
    tell: notify,
  });
}
