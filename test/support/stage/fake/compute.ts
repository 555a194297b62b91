import type { Job, Question } from '../../../../shared/contract/compute/index.ts';
import type { Client } from '../../../../shared/contract/index.ts';
import { answerOf, jobOf } from '../fixtures/compute/jobs.ts';
import type { World } from './world.ts';

const tickMs = 250;
const ticks = 8;
const same = (a: Question, b: Question) => JSON.stringify(a) === JSON.stringify(b);
const pathsOf = (question: Question) =>
  Object.values<unknown>(question)
    .filter((value) => typeof value === 'string')
    .filter((value) => value.includes('/'));

/** Compute that takes two seconds for anything, one job at a time, and knows what it was asked before. */
export function fakeCompute(world: World): Client['compute'] {
  const state = () => world.state.compute;
  const job = (id: string): Job => {
    const found = state().jobs.find((one) => one.id === id);
    if (!found) throw new Error('There is no such job any more. Ask again.');
    return found;
  };
  const change = (id: string, next: Partial<Job>) => {
    state().jobs = state().jobs.map((one) => (one.id === id ? { ...one, ...next } : one));
    world.emit({ topic: 'compute' });
  };
  const end = (id: string, next: Partial<Job>) => {
    change(id, { endedAt: new Date().toISOString(), remainingMs: null, phase: '', ...next });
    const waiting = state().jobs.filter((one) => one.state === 'waiting');
    state().jobs = state().jobs.map((one) =>
      one.state === 'waiting' ? { ...one, ahead: one.ahead - 1 } : one,
    );
    const first = waiting.at(-1);
    if (first) run(first.id);
  };
  const run = (id: string) => {
    let tick = 0;
    change(id, { state: 'running', phase: 'reading the files' });
    const timer = setInterval(() => {
      if (job(id).state !== 'running') return clearInterval(timer);
      tick += 1;
      const missing = pathsOf(job(id).question).find((path) => path.includes('missing'));
      if (missing && tick > 1) {
        clearInterval(timer);
        return end(id, { state: 'failed', problem: `There is no file ${missing}. Name one that is there.` });
      }
      if (tick < ticks) {
        const elapsedMs = tick * tickMs;
        return change(id, {
          share: tick / ticks,
          phase: `part ${tick} of ${ticks}`,
          elapsedMs,
          remainingMs: ticks * tickMs - elapsedMs,
        });
      }
      clearInterval(timer);
      end(id, { state: 'done', share: 1, elapsedMs: ticks * tickMs, outcome: 'as it was' });
    }, tickMs);
  };
  return {
    files: async () => state().files,
    providers: async () => state().providers,
    jobs: async () => state().jobs,
    start: async ({ question, fresh }) => {
      const before = state().jobs.find(
        (one) => one.state === 'done' && same(one.question, question as Question),
      );
      const isBusy = state().jobs.some((one) => one.state === 'running');
      const waits = state().jobs.filter((one) => one.state === 'waiting').length;
      const now = new Date().toISOString();
      const title = `${question.kind} of ${pathsOf(question as Question).at(-1) ?? ''}`;
      const made = jobOf(`n${state().jobs.length + 1}`, question as Question, title, {
        askedAt: now,
        endedAt: null,
        state: 'waiting',
        share: 0,
        elapsedMs: 0,
        ahead: isBusy ? waits + 1 : 0,
      });
      state().jobs = [made, ...state().jobs];
      if (before && !fresh) {
        change(made.id, { ...before, id: made.id, askedAt: now, endedAt: now, stored: before.endedAt });
      } else if (!isBusy) run(made.id);
      else world.emit({ topic: 'compute' });
      return job(made.id);
    },
    cancel: async ({ id }) => {
      end(id, { state: 'cancelled' });
      return state().jobs;
    },
    forget: async ({ id }) => {
      state().jobs = state().jobs.filter((one) => one.id !== id);
      world.emit({ topic: 'compute' });
      return state().jobs;
    },
    answer: async ({ id }) => state().answers[id] ?? answerOf(job(id)),
    export: async ({ path, format = 'csv' }) => ({
      files: ['figures', 'equity', 'trades'].map((name) => `${path}/${name}.${format}`),
    }),
    models: async () => state().models,
    setModelRole: async ({ sha256, role }) => {
      state().models = state().models.map((one) =>
        one.sha256 === sha256
          ? { ...one, role }
          : role === 'champion' && one.role === 'champion'
            ? { ...one, role: null }
            : one,
      );
      return state().models;
    },
    trials: async () => state().trials,
  };
}
