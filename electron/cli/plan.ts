import type { Client } from '../../shared/contract/index.ts';
import type { Plan, RollbackPlan } from '../../shared/contract/runbook.ts';
import { formatBytes, formatDuration } from '../../shared/units.ts';
import { InputError } from './exit.ts';
import { table } from './text.ts';

export interface PlanSelection {
  runbook: string;
  target: string;
  hosts?: string[];
}

/** Makes a plan; where the pack has a single target, it need not be named. @throws InputError */
export async function makePlan(client: Client, runbook: string, target: string | undefined): Promise<Plan> {
  return client.runbook.plan(await select(client, runbook, target));
}

export async function select(
  client: Client,
  runbook: string,
  target: string | undefined,
): Promise<PlanSelection> {
  const launch = await client.pack.current();
  const targets = launch?.targets.map(({ name }) => name) ?? [];
  const chosen = target ?? (targets.length === 1 ? targets[0] : undefined);
  if (chosen === undefined || !targets.includes(chosen)) {
    throw new InputError(
      `Say where with --target: ${targets.join(' or ') || 'launch.yaml names no target'}.`,
    );
  }
  return { runbook, target: chosen };
}

export function planText(plan: Plan, { scripts }: { scripts: boolean }): string {
  return [
    `${plan.title} ${plan.version} to ${plan.target}${plan.rehearsal ? ' · REHEARSAL' : ' · LIVE'}`,
    `batches: ${plan.batches.map((batch) => batch.join(' + ')).join(', then ')}`,
    ...plan.needs.map(
      ({ name, path, bytes, sha256 }) => `${name}: ${path} (${formatBytes(bytes)}, SHA-256 ${sha256})`,
    ),
    '',
    ...plan.steps.flatMap((step) => [
      `${String(step.number).padStart(3)}  ${step.title}  ${step.hosts.join(' ') || (step.kind === 'local' ? 'this machine' : '—')}${step.batched ? '  batch by batch' : ''}`,
      ...(scripts
        ? step.scripts.flatMap(({ hosts, text }) => [
            `       # ${hosts.join(' ') || 'this machine'}`,
            indent(text),
          ])
        : []),
    ]),
    '',
    plan.rollback ? rollbackText(plan.rollback) : 'No rollback is planned.',
    ...plan.objections.map(
      ({ blocking, text, problem }) =>
        `${blocking ? 'BLOCKS' : 'note'}: ${problem ? `${problem.file}:${problem.line} ` : ''}${text}`,
    ),
  ].join('\n');
}

export function rollbackText({ possible, to, hosts, facts, steps, estimateMs }: RollbackPlan): string {
  const about = estimateMs === null ? '' : `, about ${formatDuration(estimateMs)}`;
  return [
    possible
      ? `If it fails: back to ${to} on ${hosts.join(', ')}, ${steps.length} steps${about}`
      : 'If it fails: going back is NOT possible',
    table(facts.map(({ ok, text }) => [ok ? '  yes' : '  NO', text])),
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `       ${line}`)
    .join('\n');
}
