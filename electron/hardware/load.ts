import { cpus, freemem, totalmem } from 'node:os';
import type { MachineLoad } from '../../shared/contract/hardware.ts';
import { dataDisks } from './disks.ts';
import type { Answers, Question, SystemInformation } from './system-information.ts';

/**
 * How old the answer to a question may get, in milliseconds. Disks and batteries change slowly; asking for graphics
 * starts several programs on some systems, and for either on Windows a PowerShell.
 */
const maxAgeMs: Partial<Record<Question, number>> = {
  mem: 0,
  fsSize: 30_000,
  battery: 15_000,
  graphics: 60_000,
};

/** Processor time used since the machine started, in milliseconds. */
export interface CpuTimes {
  busy: number;
  total: number;
}

function readCpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (parts: number[]) => parts.reduce((all, part) => all + part, 0);
  const total = sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq));
  return { busy: total - sum(times.map(({ idle }) => idle)), total };
}

/** The share of processor time used between two readings, from 0 to 1. */
export function cpuFraction(before: CpuTimes, after: CpuTimes): number {
  const total = after.total - before.total;
  return total <= 0 ? 0 : Math.min(1, Math.max(0, (after.busy - before.busy) / total));
}

/** Takes one sample of the machine's load at a time, each part with its last known value where it does not answer. */
export function createLoadSampler(information: SystemInformation, now: () => number = Date.now) {
  const known = new Map<Question, { answer: unknown; askedAt: number }>();
  let cpuBefore = readCpuTimes();

  async function ask<Q extends Question>(question: Q): Promise<Answers[Q] | null> {
    const last = known.get(question);
    if (last && now() - last.askedAt < (maxAgeMs[question] ?? 0)) return last.answer as Answers[Q] | null;
    const askedAt = now();
    const answer = await information.ask(question).catch(() => (last?.answer ?? null) as Answers[Q] | null);
    known.set(question, { answer, askedAt });
    return answer;
  }

  return async function sample(): Promise<MachineLoad> {
    const [memory, disks, battery, graphics] = await Promise.all([
      // Node's own figures are right on Windows, where asking would start a PowerShell every time.
      process.platform === 'win32' ? null : ask('mem'),
      ask('fsSize'),
      ask('battery'),
      ask('graphics'),
    ]);
    const cpuAfter = readCpuTimes();
    const fraction = cpuFraction(cpuBefore, cpuAfter);
    cpuBefore = cpuAfter;
    return {
      at: new Date(now()).toISOString(),
      cpuFraction: fraction,
      ...readLoad({ memory, disks, battery, graphics }),
    };
  };
}

interface LoadAnswers {
  memory: Answers['mem'] | null;
  disks: Answers['fsSize'] | null;
  battery: Answers['battery'] | null;
  graphics: Answers['graphics'];
}

export function readLoad({
  memory,
  disks,
  battery,
  graphics,
}: LoadAnswers): Omit<MachineLoad, 'at' | 'cpuFraction'> {
  return {
    memoryUsedBytes: memory ? memory.total - memory.available : totalmem() - freemem(),
    memoryBytes: memory?.total ?? totalmem(),
    disks: readDisks(disks ?? []),
    ...readPower(battery),
    gpus: (graphics?.controllers ?? []).map(({ model, name, utilizationGpu, memoryUsed }) => ({
      model: name || model,
      utilisation:
        utilizationGpu !== undefined && Number.isFinite(utilizationGpu) ? utilizationGpu / 100 : null,
      memoryUsedBytes: memoryUsed !== undefined && Number.isFinite(memoryUsed) ? memoryUsed * 2 ** 20 : null,
    })),
  };
}

/** Null for a machine without a battery, or one that does not say. */
export function readPower(battery: Answers['battery'] | null): Pick<MachineLoad, 'battery' | 'onPower'> {
  if (!battery?.hasBattery) return { battery: null, onPower: null };
  const fraction = Math.min(1, Math.max(0, battery.percent / 100));
  return { battery: { fraction, charging: battery.isCharging }, onPower: battery.acConnected };
}

export function readDisks(fileSystems: Answers['fsSize']) {
  return dataDisks(
    fileSystems.map(({ fs, mount, size, available }) => ({
      source: fs,
      mount,
      sizeBytes: size,
      freeBytes: Math.max(0, available),
    })),
  );
}
