import type { MachineFacts } from '../../shared/contract/hardware.ts';
import { dataDisks, parseDfLine } from './disks.ts';
import { HardwareError } from './errors.ts';
import { parseNvidiaLine, parseRocm } from './gpus.ts';
import { killsUserProcesses } from './logind.ts';
import { parsePython } from './python.ts';

/** The facts of a probe's output by key, each with its values in the order printed. */
interface Facts {
  /** The first value that is not empty. */
  one(key: string): string;
  all(key: string): string[];
  /** The probe came to its end; otherwise what is missing was cut off. */
  complete: boolean;
}

/**
 * Makes sense of what `probeProgram` printed on a host, whatever a login script printed around it. Pure.
 * @param sentAt when the program was sent, and `receivedAt` when its last byte came, in milliseconds by our clock
 * @throws HardwareError `no-answer` where the output holds no probe at all
 */
export function parseProbe(host: string, output: string, sentAt: number, receivedAt: number): MachineFacts {
  const facts = readFacts(host, output);
  const unknown: Record<string, string> = {};
  const missing = facts.complete ? 'The host does not say.' : 'The probe was cut off before it was learnt.';
  const known = <T>(field: string, value: T, why = missing): T => {
    if (value === '' || value === null) unknown[field] = why;
    return value;
  };

  const { one, all } = facts;
  const python = parsePython(output);
  const disks = dataDisks(all('df').flatMap((line) => parseDfLine(line) ?? []));
  if (disks.length === 0) known('disks', '', facts.complete ? 'df gave no answer within 10 s.' : missing);
  const { gpus, whyNone } = readGpus(facts);
  if (whyNone) unknown.gpus = whyNone;
  if (python.whyNoCuda) unknown.pytorchCuda = python.whyNoCuda;
  const user = one('user');
  const skew = readSkew(facts, sentAt, receivedAt);
  const logind = { systemd: one('systemd') !== '', properties: all('logind'), settings: all('logind-conf') };

  return {
    host,
    at: new Date(receivedAt).toISOString(),
    hostname: known('hostname', one('hostname')),
    machine: known('machine', machineName(facts)),
    os: known(
      'os',
      unquoted(one('os-release')) || one('sw_vers') || `${one('system')} ${one('release')}`.trim(),
    ),
    kernel: known('kernel', `${one('system')} ${one('release')}`.trim()),
    arch: known('arch', one('arch')),
    cpu: known('cpu', one('cpu') || one('lscpu') || one('machdep.cpu.brand_string') || one('hw.model')),
    cores: known('cores', wholeNumber(one('cores')) ?? wholeNumber(one('hw.ncpu'))),
    memoryBytes: known('memoryBytes', readMemory(facts).total),
    memoryFreeBytes: known('memoryFreeBytes', readMemory(facts).free),
    disks,
    gpus,
    python: known('python', python.python, 'There is no python3 in the PATH.'),
    pytorch: known('pytorch', python.pytorch, 'PyTorch is not installed for python3.'),
    pytorchCuda: python.pytorchCuda,
    clockSkewMs: known('clockSkewMs', skew?.ms ?? null),
    clockSkewErrorMs: skew?.errorMs ?? null,
    bootId: known('bootId', one('boot-id') || one('kern.bootsessionuuid') || bootSecond(facts)),
    uptimeSeconds: known('uptimeSeconds', readUptime(facts)),
    user: known('user', user),
    home: known('home', one('home')),
    tools: readTools(facts),
    killsUserProcesses: known('killsUserProcesses', killsUserProcesses(logind, user)),
    unknown,
  };
}

function readFacts(host: string, output: string): Facts {
  const values = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const match = /^@@ (\S+) ?(.*)$/.exec(line.replaceAll('\r', ''));
    if (!match) continue;
    const [, key = '', value = ''] = match;
    values.set(key, [...(values.get(key) ?? []), printable(value)]);
  }
  if (!values.has('probe')) {
    const said = printable(output).trim().slice(0, 200);
    throw new HardwareError(
      'no-answer',
      `${host} ran no shell program: it answered ${said ? `"${said}"` : 'nothing'}. Give the user a POSIX shell there.`,
    );
  }
  const all = (key: string) => values.get(key) ?? [];
  return { all, one: (key) => all(key).find((value) => value !== '') ?? '', complete: values.has('end') };
}

/** Without control characters, so that no host writes into a terminal or a log through its facts. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').trim();
}

function machineName({ one }: Facts): string {
  const [vendor, product] = [one('vendor'), one('product')];
  // On FreeBSD the same name is the processor's.
  const model = one('system') === 'Darwin' ? one('hw.model') : '';
  return (product.startsWith(vendor) ? product : `${vendor} ${product}`).trim() || model;
}

function readGpus(facts: Facts): { gpus: MachineFacts['gpus']; whyNone: string } {
  const { one, all, complete } = facts;
  const gpus = [
    ...all('nvidia').flatMap((line) => parseNvidiaLine(line, one('cuda')) ?? []),
    ...parseRocm(all('rocm'), one('amdgpu')),
  ];
  if (gpus.length > 0) return { gpus, whyNone: '' };
  if (one('nvidia-failed')) return { gpus, whyNone: `nvidia-smi failed: ${one('nvidia-failed')}` };
  if (all('nvidia-end').length > 0) return { gpus, whyNone: `nvidia-smi names no GPU: ${one('nvidia')}` };
  if (all('rocm-end').length > 0) return { gpus, whyNone: `rocm-smi names no GPU: ${one('rocm')}` };
  if (!complete) return { gpus, whyNone: 'The probe was cut off before the GPUs answered.' };
  return { gpus, whyNone: 'Neither nvidia-smi nor rocm-smi is there.' };
}

function readTools({ all }: Facts): Record<string, string> {
  return Object.fromEntries(
    all('tool').map((line) => {
      const [name = '', ...path] = line.split(' ');
      return [name, path.join(' ')];
    }),
  );
}

function readMemory(facts: Facts): { total: number | null; free: number | null } {
  const lines = (key: string, name: string) =>
    facts
      .all(key)
      .find((line) => line.startsWith(`${name}:`))
      ?.match(/(\d+)/)?.[1];
  const kilobytes = (name: string) => {
    const count = lines('meminfo', name);
    return count === undefined ? null : Number(count) * 1024;
  };
  const total = kilobytes('MemTotal');
  if (total !== null) return { total, free: kilobytes('MemAvailable') ?? kilobytes('MemFree') };

  const page =
    Number(/page size of (\d+)/.exec(facts.one('vm_stat'))?.[1] ?? facts.one('hw.pagesize')) || null;
  const pages = facts.one('vm.stats.vm.v_free_count')
    ? [facts.one('vm.stats.vm.v_free_count'), facts.one('vm.stats.vm.v_inactive_count')]
    : ['Pages free', 'Pages inactive', 'Pages speculative'].map((name) => lines('vm_stat', name) ?? '');
  const free =
    pages[0] === '' || page === null ? null : pages.reduce((sum, count) => sum + Number(count), 0) * page;
  return { total: wholeNumber(facts.one('hw.memsize')) ?? wholeNumber(facts.one('hw.physmem')), free };
}

/** `{ sec = 1700000000, usec = 0 } Tue Nov 14 …`: when the system started, which names the boot where nothing else does. */
function bootSecond({ one }: Facts): string {
  const second = /\bsec = (\d+)/.exec(one('kern.boottime'))?.[1];
  return second ? `boot-${second}` : '';
}

function readUptime(facts: Facts): number | null {
  const seconds = /^\d+(\.\d+)?/.exec(facts.one('uptime'))?.[0];
  if (seconds !== undefined) return Number(seconds);
  const boot = /\bsec = (\d+)/.exec(facts.one('kern.boottime'))?.[1];
  const clock = readClock(facts.all('clock')[0] ?? '');
  return boot === undefined || clock === null ? null : Math.floor(clock.ms / 1000) - Number(boot);
}

/**
 * The host's clock minus ours, as NTP computes it: the mean of how far the first reading is ahead of the sending and
 * the last one ahead of the receiving. What passed between the two readings was the probe's work, not the link's.
 */
function readSkew(facts: Facts, sentAt: number, receivedAt: number): { ms: number; errorMs: number } | null {
  const [first, last] = [readClock(facts.all('clock')[0] ?? ''), readClock(facts.all('clock')[1] ?? '')];
  if (!first || !last) return null;
  const ms = (first.ms - sentAt + (last.ms - receivedAt)) / 2;
  const onTheWay = receivedAt - sentAt - (last.ms - first.ms);
  const errorMs = Math.max(0, onTheWay) / 2 + first.errorMs;
  return { ms: Math.round(ms), errorMs: Math.ceil(errorMs) };
}

/** `date +%s%N`: nanoseconds where it knows them; elsewhere `N` or nothing follows the seconds, which are cut, not rounded. */
function readClock(text: string): { ms: number; errorMs: number } | null {
  const digits = /^(\d{10})(\d{9})?(?!\d)/.exec(text);
  if (!digits) return null;
  const seconds = Number(digits[1]) * 1000;
  return digits[2] === undefined
    ? { ms: seconds + 500, errorMs: 500 }
    : { ms: seconds + Number(digits[2]) / 1e6, errorMs: 0 };
}

function wholeNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
