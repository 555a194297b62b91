import { posix } from 'node:path';
import type { RollbackPlan } from '../../shared/contract/runbook.ts';
import type { DetailedPlan } from './detailed-plan.ts';
import type { Objection } from './objections.ts';
import type { Stage } from './stages.ts';
import type { CellRow } from './store.ts';
import type { ReleaseRecord, Survey } from './survey.ts';
import { plannedSteps } from './view.ts';

export interface RollbackFacts {
  /** The compiled rollback; null where the pack has none and nothing can be undone. */
  plan: DetailedPlan | null;
  objections: readonly Objection[];
  surveys: Readonly<Record<string, Survey>>;
  previous: ReleaseRecord | null;
  estimateMs: number | null;
}

/** Whether going back is possible now, to what, where, and what speaks for it: shown before it is needed. */
export function describeRollback({
  plan,
  objections,
  surveys,
  previous,
  estimateMs,
}: RollbackFacts): RollbackPlan {
  const hosts = plan?.hosts ?? [];
  const facts: RollbackPlan['facts'] = objections.map(({ text }) => ({ ok: false, text }));
  if (plan?.runbook && previous) {
    const where = hosts.length === 1 ? hosts[0] : `all ${hosts.length} hosts`;
    facts.push({ ok: true, text: `${previous.version} is on ${where}, digests match` });
    facts.push({ ok: true, text: `its last run ended well (${previous.at.slice(0, 10)})` });
  } else if (plan?.runbook) {
    facts.push({
      ok: false,
      text: `no release on ${hosts.join(', ') || 'the hosts'} has a run on record that ended well`,
    });
  }
  for (const host of hosts) {
    const current = posix.basename(surveys[host]?.current ?? '');
    if (current !== '' && current === previous?.release)
      facts.push({ ok: true, text: `${host} serves it already` });
  }
  if (plan) facts.push({ ok: true, text: `touches ${hosts.join(', ')} only` });
  const possible = plan !== null && hosts.length > 0 && facts.every(({ ok }) => ok);
  return {
    possible,
    to: plan?.runbook ? (previous?.version ?? '') : '',
    hosts,
    facts,
    steps: plan ? plannedSteps(plan) : [],
    estimateMs,
    runbook: plan?.runbook ?? '',
  };
}

/**
 * The steps' own undo, last done first: what is left where a pack has no rollback runbook. Null where nothing that
 * was done can be undone.
 */
export function undoPlan(done: DetailedPlan, cells: readonly CellRow[], run: string): DetailedPlan | null {
  const begun = (step: string, host: string) =>
    cells.some(
      (cell) =>
        cell.step === step && cell.host === host && cell.state !== 'waiting' && cell.state !== 'skipped',
    );
  const steps = done.steps
    .map((step) => {
      const scripts = Object.entries(step.undoScripts).filter(([host]) => begun(step.id, host));
      return { ...step, compiled: Object.fromEntries(scripts), hosts: scripts.map(([host]) => host) };
    })
    .filter(({ hosts }) => hosts.length > 0)
    .reverse()
    .map((step, index) => ({
      ...step,
      id: `${String(index + 1).padStart(2, '0')}-undo-${step.kind}`,
      number: index + 1,
      title: `Undo: ${step.title}`,
      batched: false,
      scripts: step.scripts.map((script) => ({ ...script, text: step.undo })),
      undo: '',
      undoScripts: {},
      doneWhen: {},
    }));
  if (steps.length === 0) return null;
  const stages: Stage[] = steps.map(({ id, hosts }) => ({ step: id, batch: -1, hosts }));
  const hosts = done.hosts.filter((host) => steps.some((step) => step.hosts.includes(host)));
  return {
    ...done,
    run,
    runbook: '',
    title: `Undo ${done.title}`,
    does: 'rollback',
    version: '',
    rollsBack: done.run,
    hosts,
    batches: [hosts],
    stages,
    steps,
    sealBad: {},
  };
}
