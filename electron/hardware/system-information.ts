import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Systeminformation } from 'systeminformation';
import { HardwareError } from './errors.ts';

/** The functions of systeminformation that are asked. None takes an argument, so that no text of a user reaches it. */
export interface Answers {
  system: Systeminformation.SystemData;
  cpu: Systeminformation.CpuData;
  osInfo: Systeminformation.OsData;
  /** Null on systems it knows nothing of. */
  graphics: Systeminformation.GraphicsData | null;
  fsSize: Systeminformation.FsSizeData[];
  mem: Systeminformation.MemData;
  battery: Systeminformation.BatteryData;
}
export type Question = keyof Answers;

export interface SystemInformation {
  /** @throws HardwareError `not-measured` */
  ask<Q extends Question>(question: Q): Promise<Answers[Q]>;
  close(): void;
}

/**
 * systeminformation waits for other programs (`nvidia-smi`, `diskutil`, `chcp`) without giving the thread free and
 * without limits, so it gets a thread of its own and every such wait a limit. The text is not a file because the
 * thread must start the same from the sources and from the bundle.
 */
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
const programs = require('node:child_process');
const limits = { timeout: workerData.limitMs, killSignal: 'SIGKILL' };
const { execSync, execFileSync } = programs;
programs.execSync = (command, options) => execSync(command, { ...limits, ...options });
programs.execFileSync = (file, words, options) => execFileSync(file, words, { ...limits, ...options });
let information;
parentPort.on('message', async (question) => {
  try {
    information ??= require(workerData.module);
    parentPort.postMessage({ answer: await information[question]() });
  } catch (error) {
    parentPort.postMessage({ problem: String(error) });
  }
});
`;

interface Pending {
  question: Question;
  promise: Promise<unknown>;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export interface SystemInformationOptions {
  /** Path of the module, for tests. */
  module?: string;
  /** After this a question is given up. */
  limitMs?: number;
  /** A question that was given up is not asked again before this. */
  pauseMs?: number;
  /** Without questions for this long the thread ends. */
  idleMs?: number;
}

/** Asks one question after the other, the same question never twice at a time. The thread starts with the first. */
export function createSystemInformation({
  module = createRequire(import.meta.url).resolve('systeminformation'),
  limitMs = 8_000,
  pauseMs = 600_000,
  idleMs = 10_000,
}: SystemInformationOptions = {}): SystemInformation {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let current: { pending: Pending; limit: NodeJS.Timeout } | null = null;
  const waiting: Pending[] = [];
  const pausedUntil = new Map<Question, number>();

  function startThread(): Worker {
    const started = new Worker(thread, { eval: true, workerData: { module, limitMs: limitMs / 2 } });
    started.on('message', ({ answer, problem }: { answer?: unknown; problem?: string }) => {
      if (started !== worker) return;
      settle(problem === undefined ? { answer } : { problem });
    });
    started.on('error', (error) => {
      if (started !== worker) return;
      worker = null;
      settle({ problem: error.message });
    });
    return started;
  }

  function stopThread(): void {
    // Ends when what it waits for has ended; the limits inside see to that.
    void worker?.terminate();
    worker = null;
  }

  function next(): void {
    clearTimeout(idle);
    if (current) return;
    const pending = waiting.shift();
    if (!pending) {
      worker?.unref();
      idle = setTimeout(stopThread, idleMs).unref();
      return;
    }
    worker ??= startThread();
    // Nothing else keeps a command line alive that waits for the answer.
    worker.ref();
    const limit = setTimeout(() => {
      pausedUntil.set(pending.question, Date.now() + pauseMs);
      stopThread();
      settle({ problem: `no answer within ${limitMs / 1000} s` });
    }, limitMs);
    current = { pending, limit };
    worker.postMessage(pending.question);
  }

  function settle(outcome: { answer: unknown } | { problem: string }): void {
    if (!current) return;
    const { pending, limit } = current;
    clearTimeout(limit);
    current = null;
    if ('answer' in outcome) pending.resolve(outcome.answer);
    else pending.reject(notMeasured(pending.question, outcome.problem));
    next();
  }

  return {
    ask<Q extends Question>(question: Q): Promise<Answers[Q]> {
      const known = [...waiting, ...(current ? [current.pending] : [])].find(
        (one) => one.question === question,
      );
      if (known) return known.promise as Promise<Answers[Q]>;
      if ((pausedUntil.get(question) ?? 0) > Date.now()) {
        return Promise.reject(notMeasured(question, 'it did not answer when last asked'));
      }
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.push({ question, promise, resolve, reject });
      next();
      return promise as Promise<Answers[Q]>;
    },
    close() {
      stopThread();
      clearTimeout(idle);
      const left = [...(current ? [current.pending] : []), ...waiting.splice(0)];
      if (current) clearTimeout(current.limit);
      current = null;
      for (const { question, reject } of left) reject(notMeasured(question, 'it was stopped'));
    },
  };
}

function notMeasured(question: Question, why: string): HardwareError {
  return new HardwareError('not-measured', `systeminformation's ${question} gave nothing: ${why}.`);
}
