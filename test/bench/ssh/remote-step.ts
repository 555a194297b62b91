import { spawn } from 'node:child_process';
import { createJobs, createSsh } from '../../../electron/ssh/index.ts';
import { createSshLab } from '../../support/sshd.ts';

export interface RemoteStepFigures {
  /** A remote step that does nothing, from the call to its result. */
  stepMs: number;
  /** `ssh host true` over a warm control master: one session, as the step takes. */
  baselineMs: number;
  ratio: number;
}

/**
 * Median times of a job that does nothing and of plain `ssh` over a warm master, on a real sshd on loopback. The two
 * take turns, so that whatever else the machine does hits both.
 */
export async function measureRemoteStep(rounds = 100): Promise<RemoteStepFigures> {
  const lab = createSshLab();
  const ssh = createSsh({ configFile: lab.configFile });
  try {
    await lab.addHost('bench');
    const jobs = createJobs(ssh, { dataFolder: lab.folder });
    const output = { offset: () => 0, write() {} };
    const step = (id: string) =>
      jobs.run({ id, host: 'bench', script: ':', shell: 'sh -eu', env: {}, timeoutMs: 60_000 }, output);
    const socket = `${lab.folder}/master`;
    const plainSsh = (...args: string[]) =>
      new Promise<void>((resolve, reject) => {
        const child = spawn('ssh', ['-F', lab.configFile, '-S', socket, ...args], { stdio: 'ignore' });
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ssh ended with ${code}`))));
      });
    await plainSsh('-M', '-f', '-N', '-o', 'ControlPersist=yes', 'bench');
    await step('warm-up');
    const [steps, plains]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      plains.push(await timed(() => plainSsh('bench', 'true')));
      steps.push(await timed(() => step(`round-${round}`)));
    }
    const [stepMs, baselineMs] = [median(steps), median(plains)];
    return { stepMs, baselineMs, ratio: stepMs / baselineMs };
  } finally {
    await ssh.close();
    await lab.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
