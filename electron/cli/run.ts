import { createInterface } from 'node:readline/promises';
import type { Client } from '../../shared/contract/index.ts';
import type { Choice, Plan, RunView } from '../../shared/contract/runbook.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import type { Operator } from './follow.ts';

/** How questions are answered where nobody sits at a terminal. */
export interface Unattended {
  /** The role that releases holds; null refuses them. */
  releaseAs: string | null;
  onFailure: 'stop' | 'roll-back';
}

/** Starts exactly the plan that was shown. @throws InputError when it has blocking objections */
export async function startRun(client: Client, plan: Plan): Promise<string> {
  const blocking = plan.objections.filter((objection) => objection.blocking).map(({ text }) => text);
  if (blocking.length > 0) throw new InputError(blocking.join('\n'));
  const { runbook, target, digest } = plan;
  const { id } = await client.runbook.start({ runbook, target, digest });
  return id;
}

/** Asks the person at the terminal. */
export function askingOperator(say: (line: string) => void): Operator {
  const ask = async (question: string): Promise<string> => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await terminal.question(question)).trim();
    } finally {
      terminal.close();
    }
  };
  return {
    async hold(_run, { text, roles }) {
      say(`HOLD: ${text}`);
      const role = await ask(`Release as (${roles.join(', ')}), or empty to stop here: `);
      return role === ''
        ? { role: roles[0] ?? '', go: false, note: '' }
        : { role, go: true, note: await ask('Note: ') };
    },
    async choose(_run, { text, choices }) {
      say(text);
      for (;;) {
        const choice = await ask(`${choices.join(' | ')}: `);
        if (choices.some((known) => known === choice)) {
          return { choice: choice as Choice, reason: await ask('Reason: ') };
        }
      }
    },
    async secret(names) {
      const values: Record<string, string> = {};
      for (const name of names) values[name] = await ask(`${name}: `);
      return values;
    },
    saw: sayCell(say),
  };
}

/** Answers by the rules given at the start. */
export function unattendedOperator(
  { releaseAs, onFailure }: Unattended,
  say: (line: string) => void,
): Operator {
  return {
    hold: async (_run, { roles }) => ({
      role: releaseAs ?? roles[0] ?? '',
      go: releaseAs !== null,
      note: 'unattended',
    }),
    choose: async (_run, { choices }) => ({
      choice: choices.includes('go-on')
        ? 'go-on'
        : choices.includes('roll-back') && onFailure === 'roll-back'
          ? 'roll-back'
          : 'stop',
      reason: 'unattended',
    }),
    secret: async (names) => {
      throw new InputError(`The run needs ${names.join(', ')}: give it as HOLDPOINT_SECRET_${names[0]}.`);
    },
    saw: sayCell(say),
  };
}

export function sayCell(say: (line: string) => void): Operator['saw'] {
  return (_run, step, { host, state, outcome }) => {
    if (state !== 'running')
      say(`  ${state.padEnd(9)} ${host.padEnd(10)} ${step}${outcome && `: ${outcome}`}`);
  };
}

/** The stable shape of `run --json`. */
export function runReport(views: readonly RunView[]) {
  return {
    ok: views.length === 1 && views[0]?.state === 'done',
    runs: views.map(({ id, number, title, target, state, ending, changes, steps }) => ({
      run: id,
      number,
      title,
      target,
      state,
      ending,
      changes,
      steps: steps.flatMap((step) =>
        step.cells
          .filter(({ startedAt }) => startedAt !== null)
          .map(({ host, state, outcome, executions }) => ({
            step: step.id,
            host,
            state,
            outcome,
            executions,
          })),
      ),
    })),
  };
}

/** A run that had to be rolled back, or was stopped, is a no even when the rollback went well. */
export function runExit(views: readonly RunView[]): ExitCode {
  return views.length === 1 && views[0]?.state === 'done' ? exitCodes.asked : exitCodes.no;
}

export function runText(views: readonly RunView[]): string {
  return views
    .flatMap(({ title, target, state, ending, changes }) => [
      `${title} to ${target}: ${state}${ending && `, ${ending}`}`,
      ...changes.map((change) => `  ${change}`),
    ])
    .join('\n');
}
