import type { ChildProcess } from 'node:child_process';

const patienceMs = 30_000;

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A program under test: what it printed, and when it ends. */
export class StartedProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
  #output = '';

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.ended = new Promise((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  }

  output(): string {
    return this.#output;
  }

  /** The first match in what it prints. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const match = pattern.exec(this.#output);
      if (match) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The program did not print ${pattern}. It printed:\n${this.#output}`);
  }

  /** Asks it to end, and insists after a while. Gives its exit code. */
  async stop(): Promise<number> {
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    const code = await this.ended;
    clearTimeout(insist);
    return code;
  }
}
