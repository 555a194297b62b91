import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, killProcessesOf } from './sshd.ts';

/** A Slurm of one node on loopback, with a controller, ports, keys and folders of its own. */
export interface SlurmLab {
  /** What programs find it by. */
  configFile: string;
  /** Runs one of its commands and gives what it prints. */
  command(program: string, ...args: string[]): string;
  /** Ends its jobs and its daemons. */
  close(): Promise<void>;
}

const daemons = ['munged', 'slurmctld', 'slurmd'] as const;
const pathOf = (daemon: (typeof daemons)[number]) => `/usr/sbin/${daemon}`;

/** What a machine lacks for it; empty where nothing is missing. */
export function missingForSlurm(): string[] {
  return daemons.filter((daemon) => !existsSync(pathOf(daemon)));
}

/** Starts it in a folder, which is removed by whoever made it. */
export async function startSlurm(folder: string): Promise<SlurmLab> {
  const at = (name: string) => join(folder, name);
  for (const name of ['munge', 'state', 'spool']) mkdirSync(at(name), { recursive: true, mode: 0o700 });
  // Whoever asks munged for a credential must reach its socket.
  for (const path of [folder, at('munge')]) chmodSync(path, 0o711);
  writeFileSync(at('munge/key'), randomBytes(1024), { mode: 0o600 });
  const configFile = at('slurm.conf');
  const [node] = hostname().split('.') as [string];
  const [controllerPort, nodePort] = [await freePort(), await freePort()];
  const user = userInfo().username;
  writeFileSync(
    configFile,
    `${[
      ...['ClusterName=lab', `SlurmctldHost=${node}(127.0.0.1)`, `SlurmUser=${user}`, `SlurmdUser=${user}`],
      ...[`SlurmctldPort=${controllerPort}`, `SlurmdPort=${nodePort}`],
      ...['AuthType=auth/munge', `AuthInfo=socket=${at('munge/socket')}`, 'CredType=cred/munge'],
      ...[`StateSaveLocation=${at('state')}`, `SlurmdSpoolDir=${at('spool')}`],
      ...[`SlurmctldPidFile=${at('slurmctld.pid')}`, `SlurmdPidFile=${at('slurmd.pid')}`],
      // There is no systemd, and nothing to confine tasks with.
      ...['ProctrackType=proctrack/linuxproc', 'TaskPlugin=task/none', 'SwitchType=switch/none'],
      ...['JobAcctGatherType=jobacct_gather/none', 'MpiDefault=none', 'ReturnToService=2', 'KillWait=1'],
      ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_CPU', 'SlurmdParameters=config_overrides'],
      'SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1',
      ...['MaxArraySize=5', 'EnforcePartLimits=ALL', 'SlurmctldDebug=error', 'SlurmdDebug=error'],
      // More than the machine has, so that tasks are not held back one by one.
      `NodeName=${node} NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN`,
      `PartitionName=main Nodes=${node} Default=YES MaxTime=60 State=UP`,
    ].join('\n')}\n`,
  );
  const env = { ...process.env, SLURM_CONF: configFile };
  const command = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      env,
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  let said = '';
  const start = (daemon: (typeof daemons)[number], ...args: string[]): ChildProcess => {
    // The home folder marks what it starts, for the end.
    const child = spawn(pathOf(daemon), args, {
      env: { ...env, HOME: at(daemon) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-4000);
      });
    }
    return child;
  };
  const started = [
    start(
      'munged',
      ...['--foreground', `--key-file=${at('munge/key')}`, `--socket=${at('munge/socket')}`],
      ...[
        `--pid-file=${at('munge/pid')}`,
        `--log-file=${at('munge/log')}`,
        `--seed-file=${at('munge/seed')}`,
      ],
    ),
  ];
  await until(() => existsSync(at('munge/socket')));
  started.push(start('slurmctld', '-D', '-f', configFile), start('slurmd', '-D', '-f', configFile));
  await until(() => command('sinfo', '-h', '-o', '%T').includes('idle'));

  return {
    configFile,
    command,
    async close() {
      const ended = started.map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of started.toReversed()) child.kill('SIGKILL');
      await Promise.all(ended);
      killProcessesOf(folder);
    },
  };

  async function until(holds: () => boolean): Promise<void> {
    for (let look = 0; look < 300; look += 1) {
      try {
        if (holds()) return;
      } catch {
        // It does not answer yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const log = existsSync(at('munge/log')) ? readFileSync(at('munge/log'), 'utf8').slice(-1000) : '';
    for (const child of started) child.kill('SIGKILL');
    throw new Error(`Slurm did not start in ${folder}: ${said}${log}`);
  }
}
