import { posix } from 'node:path';
import type { Pack, RunbookFile, TargetFile } from '../pack/index.ts';
import type { DetailedPlan, DetailedStep } from './detailed-plan.ts';
import { stepKind } from './kinds/index.ts';
import type { CompileContext, NeededFile, Script } from './kinds/kind.ts';
import { unlockScript } from './kinds/lock.ts';
import { condemnScript, type ReleaseSpec, sealScript } from './kinds/release.ts';
import { type Objection, Objections } from './objections.ts';
import { contextFor } from './plan-context.ts';
import { closingStep, detailStep } from './plan-step.ts';
import { batchedByRule, batchesOf, stagesOf } from './stages.ts';
import type { ReleaseRecord, Survey } from './survey.ts';
import { fillPlain } from './text.ts';

export interface PlanInput {
  pack: Pack;
  runbook: RunbookFile;
  target: TargetFile;
  /** Which of the target's hosts take part. */
  hosts: readonly string[];
  run: string;
  by: string;
  rehearsal: boolean;
  /** The run to roll back; empty otherwise. */
  rollsBack: string;
  /** Values that win over the pack's, by host: what the sandbox says. */
  overrides: Readonly<Record<string, Readonly<Record<string, string>>>>;
  needs: Readonly<Record<string, NeededFile>>;
  surveys: Readonly<Record<string, Survey>>;
  /** The release `previous` stands for; null where none can be gone back to. */
  previous: ReleaseRecord | null;
  /** Text of a file in the pack's folder. Throws with a sentence. */
  template(path: string): string;
  /** Item ids of an address, or a sentence why there are none. */
  resolveItem(address: string): string[] | string;
  isCheck(id: string): boolean;
}

/** Compiles a runbook for a target: every script of every step on every host, in their order. Pure. */
export function compilePlan(input: PlanInput): { plan: DetailedPlan; objections: Objection[] } {
  const { pack, runbook, target } = input;
  const objections = new Objections();
  const hosts = target.hosts.filter((host) => input.hosts.includes(host));
  if (hosts.length === 0) objections.add(`No host of ${target.name} is chosen.`);
  const batches = batchesOf(hosts, target.batches);

  const contexts = new Map(['', ...hosts].map((host) => [host, contextFor(host, hosts, input, objections)]));
  const contextOf = (host: string) => contexts.get(host) as CompileContext;
  const authored = runbook.steps.map((file) => ({ file, kind: stepKind(file.kind) }));
  const batched = batchedByRule(
    authored.map(({ kind, file }) => ({
      where: kind.where,
      serves: kind.style === 'script' && kind.serves,
      batched: file.batched,
      afterBatch: kind.style === 'hold' && kind.hold(file.spec).after !== null,
    })),
  );
  const steps = authored.map(({ kind, file }, index) =>
    detailStep({
      kind,
      file,
      number: index + 1,
      batched: batched[index] ?? false,
      hosts,
      contextOf,
      input,
      objections,
    }),
  );
  const closing = closingOf(steps, hosts, contextOf, input);
  for (const { kind, title, scripts } of closing.steps) {
    steps.push(closingStep(steps.length + 1, kind, title, scripts));
  }

  const stages = stagesOf(
    steps.map((step) => ({ ...step, afterFirstBatch: step.hold?.afterFirstBatch ?? false })),
    batches,
  );
  const taken = new Set(stages.map(({ step }) => step));
  const plan: DetailedPlan = {
    run: input.run,
    runbook: runbook.name,
    title: runbook.title,
    does: runbook.does,
    system: pack.launch.system,
    version: runbook.does === 'rollback' ? (input.previous?.version ?? '') : pack.launch.version,
    target: target.name,
    rehearsal: input.rehearsal,
    rollsBack: input.rollsBack,
    hosts,
    batches,
    stages,
    steps: steps.filter(({ id }) => taken.has(id)).map((step, index) => ({ ...step, number: index + 1 })),
    needs: { ...input.needs },
    secrets: [...runbook.secrets],
    contexts: Object.fromEntries([...contexts].map(([host, { template: _, ...context }]) => [host, context])),
    sealBad: closing.sealBad,
    unlock: closing.unlock,
  };
  return { plan, objections: objections.list };
}

/** The link a runbook switches, as written; empty where it switches none. */
export function linkOf(runbook: RunbookFile): string {
  const step = runbook.steps.find(({ kind }) => kind === 'switch');
  return step ? (step.spec as { switch: { link: string } }).switch.link : '';
}

interface Closing {
  steps: { kind: 'release' | 'lock'; title: string; scripts: Record<string, Script> }[];
  sealBad: Record<string, Script>;
  unlock: Record<string, Script>;
}

/** What every run leaves behind in good order: the release's outcome on record, the lock given back. */
function closingOf(
  steps: readonly DetailedStep[],
  hosts: readonly string[],
  contextOf: (host: string) => CompileContext,
  input: PlanInput,
): Closing {
  const closing: Closing = { steps: [], sealBad: {}, unlock: {} };
  const releaseStep = steps.find(({ kind }) => kind === 'release');
  const lockStep = steps.find(({ kind }) => kind === 'lock');
  const link = linkOf(input.runbook);
  if (releaseStep) {
    const { release } = releaseStep.spec as ReleaseSpec;
    const sealed = (outcome: 'good' | 'bad') =>
      byHost(releaseStep.hosts, (host) => {
        const context = contextOf(host);
        return sealScript(release, context, outcome, link && fillPlain(link, context.values));
      });
    closing.sealBad = sealed('bad');
    closing.steps.push({ kind: 'release', title: 'Record the release as good', scripts: sealed('good') });
  } else if (input.runbook.does === 'rollback') {
    const left = leftReleases(hosts, input);
    const scripts = byHost([...left.keys()], (host) =>
      condemnScript(left.get(host) as ReleaseRecord, contextOf(host)),
    );
    if (left.size > 0)
      closing.steps.push({ kind: 'release', title: 'Record the release left as bad', scripts });
  }
  if (lockStep || input.rollsBack) {
    closing.unlock = byHost(lockStep?.hosts ?? hosts, (host) => unlockScript(contextOf(host)));
    closing.steps.push({ kind: 'lock', title: 'Give the lock back', scripts: closing.unlock });
  }
  return closing;
}

/** The releases served before a rollback, by host, where they are on record and not the one gone back to. */
function leftReleases(
  hosts: readonly string[],
  { surveys, previous }: PlanInput,
): Map<string, ReleaseRecord> {
  const left = new Map<string, ReleaseRecord>();
  for (const host of hosts) {
    const survey = surveys[host];
    const name = posix.basename(survey?.current ?? '');
    const record = survey?.releases.find(({ release }) => release === name);
    if (record && record.release !== previous?.release) left.set(host, record);
  }
  return left;
}

function byHost(hosts: readonly string[], make: (host: string) => Script): Record<string, Script> {
  return Object.fromEntries(hosts.map((host) => [host, make(host)]));
}
