import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StartArguments } from '../../electron/hosts/index.ts';
import { electronProgram } from './electron-runtime.ts';
import { root } from './root.ts';
import { asArguments } from './start-arguments.ts';

/** Starts the built app on a host, with this terminal's input and output. */
export function spawnHost(host: 'electron' | 'loopback', args: StartArguments): ChildProcess {
  const program = host === 'electron' ? electronProgram() : process.execPath;
  if (!program) throw new Error("Electron's runtime is not installed.");
  const entry = host === 'electron' ? '.' : join(root, 'dist', 'electron', 'loopback.js');
  return spawn(program, [entry, ...asArguments(args)], { cwd: root, stdio: 'inherit' });
}

/** Waits for a child that shares this terminal and so hears Ctrl-C itself; passes on what only this process hears. */
export function waitFor(child: ChildProcess): Promise<number> {
  const passOn = () => child.kill('SIGTERM');
  const leaveToChild = () => {};
  process.on('SIGTERM', passOn);
  process.on('SIGINT', leaveToChild);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', passOn);
      process.off('SIGINT', leaveToChild);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}
