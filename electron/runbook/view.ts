import type {
  Cell,
  Plan,
  PlannedStep,
  RollbackPlan,
  RunSummary,
  RunView,
} from '../../shared/contract/runbook.ts';
import { type DetailedPlan, type StartedPlan, stepOf } from './detailed-plan.ts';
import type { RunDriver } from './driver.ts';
import type { Planned } from './planner.ts';
import { type CellRow, cellOf, type RunRow, type RunStore } from './store.ts';

/** The steps as people see them: without what only the console needs. */
export function plannedSteps(plan: DetailedPlan): PlannedStep[] {
  return plan.steps.map(
    ({ id, number, kind, title, hosts, batched, scripts, timeoutMs, undo, pointOfNoReturn, hold }) => ({
      id,
      number,
      kind,
      title,
      hosts,
      batched,
      scripts,
      timeoutMs,
      undo,
      pointOfNoReturn,
      hold,
    }),
  );
}

/** A plan as it is shown before it is started; `known` are the secrets that need not be asked for. */
export function planView(
  { plan, objections }: Planned,
  digest: string,
  known: ReadonlySet<string>,
  rollback: RollbackPlan | null,
): Plan {
  const { runbook, title, does, target, version, rehearsal, hosts, batches } = plan;
  return {
    digest,
    runbook,
    title,
    does,
    target,
    version,
    rehearsal,
    hosts,
    batches,
    steps: plannedSteps(plan),
    needs: Object.entries(plan.needs).map(([name, file]) => ({ name, ...file })),
    secrets: plan.secrets.map((name) => ({ name, known: known.has(name) })),
    objections,
    rollback,
  };
}

export function summaryOf(
  row: RunRow,
  plan: DetailedPlan,
  store: RunStore,
  driver: RunDriver | null,
): RunSummary {
  const question = driver?.question() ?? null;
  const waiting =
    question?.kind === 'hold' ? 'holding' : question ? 'asking' : row.stop ? 'stopping' : 'running';
  return {
    id: row.id,
    number: row.number,
    runbook: row.runbook,
    title: row.title,
    does: row.does,
    target: row.target,
    version: row.version,
    rehearsal: row.rehearsal === 1,
    state: row.state ?? waiting,
    by: row.started_by,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    rollsBack: row.rolls_back || null,
    rolledBackBy: store.rolledBackBy(row.id),
    where: whereItIs(plan, store.cells(row.id), store),
  };
}

export function viewOf(row: RunRow, plan: StartedPlan, store: RunStore, driver: RunDriver | null): RunView {
  const rows = store.cells(row.id);
  const running = rows.find(({ state, batch }) => state === 'running' && batch >= 0);
  return {
    ...summaryOf(row, plan, store, driver),
    steps: plannedSteps(plan).map((step) => ({ ...step, cells: cellsOf(step, plan, rows, store) })),
    hosts: plan.hosts,
    batches: plan.batches,
    batch: running?.batch ?? null,
    question: driver?.question() ?? null,
    // What was true of the hosts at the start says little once the run is over.
    rollback: row.state === null ? plan.wayBack : null,
    links: driver?.links() ?? [],
    changes: JSON.parse(row.changes) as string[],
    ending: row.ending,
    stuck: driver?.stuck ?? '',
  };
}

/** A cell for every host the step runs on, in order; for the console's own steps a single one. */
function cellsOf(step: PlannedStep, plan: DetailedPlan, rows: readonly CellRow[], store: RunStore): Cell[] {
  const leftOut = store.leftOut(plan.run);
  const names = step.hosts.length > 0 ? step.hosts : [''];
  return names.map((host) => {
    // Of a console step that ran for several batches, the last one speaks.
    const row = rows.filter((one) => one.step === step.id && one.host === host).at(-1);
    if (row) return cellOf(row);
    const hold = step.hold ? store.holds(plan.run).findLast((one) => one.step === step.id) : undefined;
    return {
      host,
      state: hold ? holdState(hold) : leftOut.has(host) ? 'left-out' : 'waiting',
      attempt: 0,
      startedAt: hold?.since ?? null,
      endedAt: hold?.answered_at ?? null,
      outcome: hold ? holdOutcome(hold) : '',
      exitCode: null,
      logBytes: 0,
      logDigest: '',
      executions: null,
    };
  });
}

type HoldRow = ReturnType<RunStore['holds']>[number];

function holdState({ answered_at, go }: HoldRow): Cell['state'] {
  if (answered_at === null) return 'running';
  return go === 1 ? 'done' : 'failed';
}

function holdOutcome({ answered_at, go, role, answered_by, note }: HoldRow): string {
  if (answered_at === null) return '';
  const who = role ? `by ${answered_by} as ${role}` : 'because nobody answered in time';
  return `${go === 1 ? 'released' : 'not released'} ${who}${note && role ? `: ${note}` : ''}`;
}

/** `7 of 12 · Switch current` */
function whereItIs(plan: DetailedPlan, rows: readonly CellRow[], store: RunStore): string {
  const begun = new Set([...rows.map(({ step }) => step), ...store.holds(plan.run).map(({ step }) => step)]);
  const last = plan.steps.findLast(({ id }) => begun.has(id));
  if (!last) return `0 of ${plan.steps.length}`;
  return `${plan.steps.indexOf(last) + 1} of ${plan.steps.length} · ${stepOf(plan, last.id).title}`;
}
