import { quote } from '../ssh/index.ts';
import type { DetailedPlan } from './detailed-plan.ts';
import type { Abilities, Script } from './kinds/kind.ts';
import { servedHosts } from './served.ts';
import type { RunStore } from './store.ts';
import { show } from './text.ts';

/**
 * Leaves the hosts of a run that did not end well in good order: its release is recorded as bad, its lock given back
 * (where a rollback of this run goes, it takes the lock over instead). Gives a sentence for each host where that could not be done.
 */
export async function tidyUp(plan: DetailedPlan, store: RunStore, abilities: Abilities): Promise<string[]> {
  const run = store.run(plan.run);
  const begun = new Set(
    store
      .cells(plan.run)
      .map(({ step, host }) => `${plan.steps.find(({ id }) => id === step)?.kind} ${host}`),
  );
  const sealed = Object.entries(plan.sealBad).filter(([host]) => begun.has(`release ${host}`));
  const takenOver = run?.roll_back === 1 ? servedHosts(plan, store) : [];
  const unlocked = Object.entries(plan.unlock).filter(
    ([host]) => begun.has(`lock ${host}`) && !takenOver.includes(host),
  );
  const told = await Promise.all(
    [...sealed, ...unlocked].map(async ([host, script]) => {
      try {
        const { exitCode } = await abilities.ask(host, programOf(script));
        return exitCode === 0 ? '' : `${host} could not be left in good order: look there`;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }),
  );
  return [...new Set(told)].filter((sentence) => sentence !== '');
}

/** Our own script with its values in front. Holds no secret: closing scripts use none. */
function programOf({ text, env }: Script): string {
  const values = Object.entries(env).map(([name, value]) => `export ${name}=${quote(show(value))}`);
  return [...values, 'set -eu', text].join('\n');
}
