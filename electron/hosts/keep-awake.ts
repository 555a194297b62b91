import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { KeepAwake } from './host.ts';
import { findProgram } from './programs.ts';

type Command = (reason: string) => { program: string; args: string[] };

/** Keeps the machine awake by a program of the system that does so while it runs. */
export function keepAwakeByProgram(
  env: NodeJS.ProcessEnv = process.env,
  runsSystemd: boolean = existsSync('/run/systemd/system'),
): KeepAwake {
  const { command, why } = findInhibitor(env, runsSystemd);
  if (!command) return { can: false, why, hold: () => () => {} };
  return {
    can: true,
    why: '',
    hold(reason) {
      const { program, args } = command(reason);
      const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
      child.on('error', (error) => console.error(`The machine may fall asleep: ${error.message}`));
      // The program ends with its input, so it cannot outlive this process, however that ends.
      child.stdin.on('error', () => {});
      return () => child.stdin.end();
    },
  };
}

function findInhibitor(
  env: NodeJS.ProcessEnv,
  runsSystemd: boolean,
): { command: Command | null; why: string } {
  if (process.platform === 'darwin') {
    const program = findProgram('caffeinate', env);
    if (program) return { command: () => ({ program, args: ['-i', 'cat'] }), why: '' };
    return { command: null, why: 'The program caffeinate is not on the PATH.' };
  }
  if (process.platform !== 'linux') {
    return {
      command: null,
      why: 'Only the desktop app can keep this system awake. Turn sleep off for a run.',
    };
  }
  const program = findProgram('systemd-inhibit', env);
  if (!program || !runsSystemd) {
    return {
      command: null,
      why: 'This system does not run systemd, whose systemd-inhibit keeps a machine awake. Turn sleep off for a run.',
    };
  }
  const command: Command = (reason) => ({
    program,
    args: ['--what=idle:sleep', '--mode=block', '--who=Holdpoint', `--why=${reason}`, 'cat'],
  });
  return { command, why: '' };
}
