import type { PlannedStep, RollbackPlan } from '../../shared/contract/runbook.ts';
import type { CompileContext, NeededFile, Script } from './kinds/kind.ts';
import type { Stage } from './stages.ts';

/** Everything a run will do, settled before it starts and kept beside the journal: a resumed run asks no file again. */
export interface DetailedPlan {
  run: string;
  runbook: string;
  title: string;
  does: string;
  system: string;
  /** What it puts on the hosts: of a rollback the version it goes back to, empty where that is not known. */
  version: string;
  target: string;
  rehearsal: boolean;
  /** The run this one rolls back; empty otherwise. */
  rollsBack: string;
  hosts: string[];
  batches: string[][];
  stages: Stage[];
  steps: DetailedStep[];
  needs: Record<string, NeededFile>;
  secrets: string[];
  /** What the steps may look at, by host; the console's own under the empty name. */
  contexts: Record<string, Omit<CompileContext, 'template'>>;
  /** How a run that did not end well leaves each host. All of it may run twice without harm. */
  sealBad: Record<string, Script>;
  unlock: Record<string, Script>;
}

/** A plan that was started, with the way back as it was shown before the start; null where none was looked for. */
export interface StartedPlan extends DetailedPlan {
  wayBack: RollbackPlan | null;
}

export interface DetailedStep extends PlannedStep {
  /** The kind's own keys, as read. */
  spec: unknown;
  style: 'script' | 'act' | 'hold';
  where: 'hosts' | 'laptop' | 'console';
  /** By host; the laptop's under the empty name. Only for scripts. */
  compiled: Record<string, Script>;
  undoScripts: Record<string, Script>;
  doneWhen: Record<string, Script>;
  retries: number;
  idempotent: boolean;
  /** Hosts get to serve something else by it: from its first start on there is something to roll back. */
  serves: boolean;
}

export function stepOf(plan: DetailedPlan, id: string): DetailedStep {
  const step = plan.steps.find((one) => one.id === id);
  if (!step) throw new Error(`The plan of run ${plan.run} has no step ${id}.`);
  return step;
}
