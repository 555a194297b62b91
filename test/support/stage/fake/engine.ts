import type { Cell, CellState, RunView } from '../../../../shared/contract/runbook.ts';
import type { World } from './world.ts';

const stepMs = 150;

/** Moves a run of the fake service forward, one step at a time, until it holds, asks or ends. */
export function advance(world: World, id: string): void {
  setTimeout(() => {
    const run = world.state.runs.find((one) => one.id === id);
    if (!run || (run.state !== 'running' && run.state !== 'stopping')) return;
    const at = run.steps.findIndex(({ cells }) => cells.some(({ state }) => state === 'running'));
    const done = setStep(run, at, 'done');
    world.changeRun(
      run.state === 'stopping'
        ? end(done, 'stopped', 'Stopped by the operator.')
        : start(world, done, at + 1),
    );
    advance(world, id);
  }, stepMs);
}

/** Begins a step; past the last one the run has ended well. */
export function start(world: World, run: RunView, index: number): RunView {
  const step = run.steps[index];
  if (!step) {
    world.log('run.end', `${run.title} ended well.`, { to: 'run', run: run.id });
    return end(
      run,
      'done',
      `All ${run.steps.length} steps ended well. ${run.hosts.join(', ')}: ${run.does === 'rollback' ? '0.1.9' : run.version} answers.`,
    );
  }
  const where = `${step.number} of ${run.steps.length} · ${step.title}`;
  const isFaulty = world.state.sandbox.hosts.some(
    ({ host, fault }) => run.hosts.includes(host) && fault === 'unhealthy',
  );
  if (step.hold) {
    return {
      ...setStep(run, index, 'running'),
      state: 'holding',
      where,
      question: {
        kind: 'hold',
        step: step.id,
        text: step.hold.text,
        roles: step.hold.roles,
        since: now(),
        until: null,
        otherwise: 'stop',
      },
    };
  }
  if (step.kind === 'http' && isFaulty && run.does === 'deploy') {
    return {
      ...setStep(run, index, 'failed'),
      state: 'asking',
      where,
      question: {
        kind: 'choice',
        step: step.id,
        hosts: run.hosts,
        state: 'failed',
        text: `${run.hosts.join(', ')} did not get healthy in 60 s: /healthz answered 503 twelve times.`,
        choices: ['retry', 'skip', 'leave-out', 'roll-back', 'stop'],
        since: now(),
      },
    };
  }
  return {
    ...setStep(run, index, 'running'),
    state: run.state === 'stopping' ? 'stopping' : 'running',
    question: null,
    where,
  };
}

export function end(run: RunView, state: 'done' | 'stopped' | 'failed', ending: string): RunView {
  return {
    ...run,
    state,
    ending,
    endedAt: now(),
    where: '',
    question: null,
    batch: null,
    changes:
      state === 'done'
        ? run.hosts.map((host) => `${host}: current → ${run.does === 'rollback' ? '0.1.9' : run.version}`)
        : [],
  };
}

function setStep(run: RunView, index: number, state: CellState): RunView {
  return {
    ...run,
    steps: run.steps.map((step, at) =>
      at === index ? { ...step, cells: step.cells.map((cell) => setCell(cell, state)) } : step,
    ),
  };
}

function setCell(cell: Cell, state: CellState): Cell {
  return {
    ...cell,
    state,
    startedAt: cell.startedAt ?? now(),
    endedAt: state === 'running' ? null : now(),
    outcome: state === 'failed' ? 'exit 1' : '',
    exitCode: state === 'done' ? 0 : state === 'failed' ? 1 : null,
  };
}

const now = () => new Date().toISOString();
