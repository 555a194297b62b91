import type { Client } from '../../shared/contract/index.ts';
import type { Cell, Choice, Question, RunView } from '../../shared/contract/runbook.ts';

/** What answers a run's questions where no window is open. */
export interface Operator {
  hold(
    run: RunView,
    question: Extract<Question, { kind: 'hold' }>,
  ): Promise<{ role: string; go: boolean; note: string }>;
  choose(
    run: RunView,
    question: Extract<Question, { kind: 'choice' }>,
  ): Promise<{ choice: Choice; reason: string }>;
  secret(names: string[]): Promise<Record<string, string>>;
  /** Told of every cell that begins or ends. */
  saw(run: RunView, step: string, cell: Cell): void;
}

/**
 * Follows a run to its end, and its rollback to its end where one is chosen. Gives both, in order.
 * @throws Error with a sentence, when the run can no longer be written down
 */
export async function followRun(client: Client, run: string, operator: Operator): Promise<RunView[]> {
  const view = await followOne(client, run, operator);
  if (view.rolledBackBy === null) return [view];
  return [view, ...(await followRun(client, view.rolledBackBy, operator))];
}

async function followOne(client: Client, run: string, operator: Operator): Promise<RunView> {
  const stop = new AbortController();
  const seen = new Map<string, string>();
  const changes = await client.session.watch(undefined, { signal: stop.signal });
  try {
    for (;;) {
      let view = await client.runbook.get({ run });
      tell(view, seen, operator);
      if (view.question) {
        await answer(client, view, view.question, operator);
        view = await client.runbook.get({ run });
        tell(view, seen, operator);
      }
      if (view.endedAt !== null) return settled(client, view);
      if (view.stuck) throw new Error(view.stuck);
      if (view.question) continue;
      await changes.next();
    }
  } finally {
    stop.abort();
    await changes.return?.(undefined).catch(() => {});
  }
}

async function answer(client: Client, view: RunView, question: Question, operator: Operator): Promise<void> {
  const run = view.id;
  if (question.kind === 'hold') {
    await client.runbook.release({ run, step: question.step, ...(await operator.hold(view, question)) });
  } else if (question.kind === 'choice') {
    const { choice, reason } = await operator.choose(view, question);
    await client.runbook.choose({ run, step: question.step, hosts: question.hosts, choice, reason });
  } else {
    for (const [name, value] of Object.entries(await operator.secret(question.names))) {
      await client.runbook.giveSecret({ name, value });
    }
  }
}

/** A run that is rolled back ends a moment before its rollback begins. */
async function settled(client: Client, view: RunView): Promise<RunView> {
  return client.runbook.get({ run: view.id });
}

function tell(view: RunView, seen: Map<string, string>, operator: Operator): void {
  for (const { id, title, cells } of view.steps) {
    for (const cell of cells) {
      const key = `${id} ${cell.host}`;
      const state = `${cell.state} ${cell.attempt}`;
      if (cell.startedAt === null || seen.get(key) === state) continue;
      seen.set(key, state);
      operator.saw(view, title, cell);
    }
  }
}
