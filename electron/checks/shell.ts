import { spawn } from 'node:child_process';
import { quote } from '../ssh/index.ts';
import { CannotMeasure } from './errors.ts';

/** A POSIX shell script and the values it works on. Values are data: they are never part of its text. */
export interface Program {
  script: string;
  env: Readonly<Record<string, string>>;
}

export interface Output {
  /** Null where a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs programs on the machine a check is about. */
export interface Shell {
  /** @throws CannotMeasure, and what the SSH driver throws */
  run(program: Program): Promise<Output>;
}

/** The SSH driver's `run`. */
export type RunOnHost = (
  host: string,
  program: string,
  options: { onOutput: (chunk: Buffer) => void; timeoutMs?: number; signal?: AbortSignal },
) => Promise<{ exitCode: number | null; stderr: string }>;

/** Figures and answers are short; a check that prints more has printed something else. */
const mostBytes = 2 ** 22;

/** The text that is sent to a host: the values as quoted assignments, then the script as it stands. */
function compileProgram({ script, env }: Program): string {
  checkVariables(env);
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}; export ${name}\n`);
  return `${assignments.join('')}${script}`;
}

function checkVariables(env: Program['env']): void {
  for (const [name, value] of Object.entries(env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new CannotMeasure(`"${name}" cannot be the name of a variable: use letters, digits and _.`);
    }
    if (value.includes('\0')) {
      throw new CannotMeasure(
        `The value of ${name} holds a NUL byte, which no program can be given; remove it.`,
      );
    }
  }
}

export function shellOnHost(
  host: string,
  run: RunOnHost,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Shell {
  return {
    async run(program) {
      const output = boundedOutput(host);
      const tooMuch = new AbortController();
      const { exitCode, stderr } = await run(host, compileProgram(program), {
        onOutput: (chunk) => output.add(chunk, () => tooMuch.abort(output.problem())),
        timeoutMs,
        signal: AbortSignal.any([signal, tooMuch.signal]),
      });
      return { exitCode, stdout: output.text(), stderr };
    },
  };
}

/** `sh` on this machine, in the pack's folder. Its whole process group ends with the signal. */
export function shellHere(folder: string, signal: AbortSignal): Shell {
  return {
    async run({ script, env }) {
      checkVariables(env);
      return new Promise((resolve, reject) => {
        const child = spawn('sh', ['-c', script], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, ...env },
          detached: process.platform !== 'win32',
          windowsHide: true,
        });
        const [stdout, stderr] = [boundedOutput('This machine'), boundedOutput('This machine')];
        const end = (error: unknown) => {
          killGroup(child.pid);
          reject(error);
        };
        const stop = () => end(signal.reason);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
        child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk, () => end(stdout.problem())));
        child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk, () => end(stderr.problem())));
        child.on('error', (error) =>
          reject(new CannotMeasure(`This machine cannot start sh in ${folder}: ${error.message}.`)),
        );
        child.on('close', (exitCode) => {
          signal.removeEventListener('abort', stop);
          resolve({ exitCode, stdout: stdout.text(), stderr: stderr.text() });
        });
      });
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function boundedOutput(subject: string) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk: Buffer, onTooMuch: () => void) {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else onTooMuch();
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
    problem: () => new CannotMeasure(`${subject} printed more than 4 MB. Print only what is measured.`),
  };
}
