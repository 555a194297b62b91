import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

/** One running process, as far as this user may see it. */
export interface Process {
  pid: number;
  parent: number;
  /** Program and arguments. */
  command: string;
  /** Whether the text stands in its environment, or an sshd writes to a file below the folder. */
  marked: boolean;
}

export interface Mark {
  /** `NAME=value` in the environment. */
  environment: string;
  /** Folder of the log files of the sandbox's sshd: sshd overwrites its environment with its title. */
  logs: string;
}

const onLinux = process.platform === 'linux';

/** Every process that has not ended. */
export async function listProcesses(mark: Mark): Promise<Process[]> {
  if (onLinux) {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readLinux(name, mark) : []));
  }
  const { stdout } = await promisify(execFile)('ps', ['-A', '-E', '-ww', '-o', 'pid=,ppid=,stat=,command='], {
    maxBuffer: 64e6,
  });
  return parsePs(stdout, mark.environment);
}

/** Lines of `ps -o pid=,ppid=,stat=,command=` with the environment after the command. */
export function parsePs(text: string, environment: string): Process[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (!match || match[3]?.startsWith('Z')) return [];
    const command = match[4] ?? '';
    const marked = `${command} `.includes(` ${environment} `);
    return [{ pid: Number(match[1]), parent: Number(match[2]), command, marked }];
  });
}

function readLinux(name: string, { environment, logs }: Mark): Process[] {
  const read = (file: string) => {
    try {
      return readFileSync(`/proc/${name}/${file}`, 'utf8');
    } catch {
      // It ended in the meantime, or belongs to another user.
      return '';
    }
  };
  // `pid (name) state parent …`, where the name may hold brackets and spaces.
  const stat = read('stat');
  const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || state === 'Z' || state === 'X') return [];
  const isSshd = stat.slice(stat.indexOf('(') + 1).startsWith('sshd');
  const marked = read('environ').split('\0').includes(environment) || (isSshd && writesBelow(name, logs));
  const command = read('cmdline').replaceAll('\0', ' ').trim();
  return [{ pid: Number(name), parent: Number(parent), command, marked }];
}

function writesBelow(name: string, folder: string): boolean {
  try {
    return readdirSync(`/proc/${name}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${name}/fd/${fd}`).startsWith(`${folder}/`);
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

/** The marked processes and all that descend from them or from the given roots, without this one. */
export function familyOf(processes: readonly Process[], roots: readonly number[]): number[] {
  const family = new Set([...roots, ...processes.filter(({ marked }) => marked).map(({ pid }) => pid)]);
  for (let size = -1; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const alive = new Set(processes.map(({ pid }) => pid));
  return [...family].filter((pid) => alive.has(pid) && pid !== process.pid);
}

/** Program and arguments of a process; empty where it has ended. */
export async function commandOf(pid: number): Promise<string> {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (onLinux) {
    return readLinux(String(pid), { environment: '', logs: '' })[0]?.command ?? '';
  }
  const run = promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  return run.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}

/** Sends a signal to those that are still there. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has just ended.
    }
  }
}
