import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { arch, cpus, freemem, homedir, hostname, release, totalmem, type, uptime, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { MachineFacts } from '../../shared/contract/hardware.ts';
import { readDisks } from './load.ts';
import { toolNames } from './probe-program.ts';
import { type PythonFacts, parsePython, pythonQuestion } from './python.ts';
import type { Answers, Question, SystemInformation } from './system-information.ts';

const windows = process.platform === 'win32';
/** Importing PyTorch takes seconds on a cold disk. */
const pythonLimitMs = 25_000;

type ChangingFacts = Pick<MachineFacts, 'memoryFreeBytes' | 'disks' | 'uptimeSeconds'>;
/** What stays the same while Holdpoint runs. */
type LastingFacts = Omit<MachineFacts, 'at' | keyof ChangingFacts>;

/** @returns `complete: false` where something did not answer and is worth asking again */
export async function readLastingFacts(
  information: SystemInformation,
): Promise<{ facts: LastingFacts; complete: boolean }> {
  const unknown: Record<string, string> = {};
  let complete = true;
  const ask = <Q extends Question>(field: string, question: Q): Promise<Answers[Q] | null> =>
    information.ask(question).catch((error: Error) => {
      unknown[field] = error.message;
      complete = false;
      return null;
    });
  const [system, cpu, os, graphics, python, bootId, tools] = await Promise.all([
    ask('machine', 'system'),
    ask('cpu', 'cpu'),
    ask('os', 'osInfo'),
    ask('gpus', 'graphics'),
    readPython(),
    readBootId(),
    findTools(),
  ]);
  const known = (field: string, value: string, why: string): string => {
    if (value === '') unknown[field] ??= why;
    return value;
  };
  unknown.killsUserProcesses = 'It matters on hosts alone.';
  if (!bootId) unknown.bootId = 'This system has no boot id.';
  if (python.whyNoCuda) unknown.pytorchCuda = python.whyNoCuda;
  const facts = {
    host: 'laptop',
    hostname: hostname(),
    machine: known(
      'machine',
      joined(system?.manufacturer, system?.model),
      'The machine does not name itself.',
    ),
    os: known('os', joined(os?.distro, os?.release), 'The system does not name itself.'),
    kernel: `${type()} ${release()}`,
    arch: arch(),
    cpu: known(
      'cpu',
      nodeName(cpus()[0]?.model) || joined(cpu?.manufacturer, cpu?.brand),
      'The processor has no name.',
    ),
    cores: cpus().length,
    memoryBytes: totalmem(),
    gpus: (graphics?.controllers ?? []).map(({ vendor, model, name, vram, driverVersion }) => ({
      model: name || joined(vendor, model),
      memoryBytes: vram ? vram * 2 ** 20 : null,
      driver: driverVersion ?? '',
      cuda: '',
    })),
    python: known('python', python.python, 'There is no python3 in the PATH.'),
    pytorch: known('pytorch', python.pytorch, 'PyTorch is not installed for python3.'),
    pytorchCuda: python.pytorchCuda,
    clockSkewMs: null,
    clockSkewErrorMs: null,
    bootId,
    user: userInfo().username,
    home: homedir(),
    tools,
    killsUserProcesses: null,
    unknown,
  };
  return { facts, complete };
}

/** What changes from one look to the next. */
export async function readChangingFacts(
  information: SystemInformation,
): Promise<ChangingFacts & { whyNoDisks: string }> {
  const [memory, disks] = await Promise.allSettled([
    windows ? Promise.reject(new Error('asked of Node')) : information.ask('mem'),
    information.ask('fsSize'),
  ]);
  return {
    memoryFreeBytes: memory.status === 'fulfilled' ? memory.value.available : freemem(),
    disks: disks.status === 'fulfilled' ? readDisks(disks.value) : [],
    whyNoDisks: disks.status === 'rejected' ? String(disks.reason.message) : '',
    uptimeSeconds: Math.round(uptime()),
  };
}

/** The processor's name as Node knows it; on some ARM machines it does not. */
function nodeName(model = ''): string {
  return model === 'unknown' ? '' : model.trim();
}

/** Without the second where it starts with the first, and without the dashes that stand for nothing. */
function joined(first = '', second = ''): string {
  const [maker, name] = [first, second].map((word) => word.replace(/^-$/, '').trim()) as [string, string];
  return name.startsWith(maker) ? name : `${maker} ${name}`.trim();
}

async function readPython(): Promise<PythonFacts> {
  const path = await findTool(windows ? 'python' : 'python3');
  // The python3 that macOS comes with opens a dialog unless the developer tools are there.
  const isStub = process.platform === 'darwin' && path === '/usr/bin/python3';
  if (!path || (isStub && !(await output('xcode-select', ['-p'])))) return parsePython('');
  return parsePython(await output(path, ['-c', pythonQuestion, 'cuda']));
}

/** What a program prints; what came before a failure counts. */
function output(file: string, words: string[]): Promise<string> {
  const limits = { timeout: pythonLimitMs, killSignal: 'SIGKILL', windowsHide: true } as const;
  return new Promise((resolve) => execFile(file, words, limits, (_error, printed) => resolve(printed)));
}

async function readBootId(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return id.trim();
}

async function findTools(): Promise<Record<string, string>> {
  const pairs = toolNames.map(async (name) => [name, await findTool(name)] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

/** The path a program would be started from; empty where there is none. */
async function findTool(name: string): Promise<string> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  for (const path of folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return '';
}
