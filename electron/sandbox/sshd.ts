import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { SandboxError } from './errors.ts';
import type { HostLayout } from './layout.ts';
import { commandOf } from './processes.ts';
import { marker, optionalLines, type SshdSettings, sshdConfig } from './sshd-config.ts';
import { until } from './wait.ts';
import { writeWhole } from './write.ts';

/** The process of the host's sshd; null where it does not run. */
export async function sshdOf(host: HostLayout): Promise<number | null> {
  const pid = Number(read(host.sshdPid));
  return (await commandOf(pid)).includes(host.sshdConfig) ? pid : null;
}

/**
 * Starts the host's sshd in a session of its own, so that it outlives this process, and waits until it listens.
 * @throws SandboxError `start-failed`
 */
export async function startSshd(sshd: string, settings: SshdSettings): Promise<void> {
  const { host } = settings;
  let config = sshdConfig(settings).concat(optionalLines.map((line) => `${line}\n`).join(''));
  // Each objection that can be met is met once.
  for (let attempt = 0; ; attempt += 1) {
    const log = await tryToStart(sshd, settings, config);
    if (log === null) return;
    const [, folder] = /Missing privilege separation directory: (\S+)/.exec(log) ?? [];
    const [, unknown] = /Bad configuration option: (\S+)/.exec(log) ?? [];
    const line = optionalLines.find((optional) => optional.startsWith(`${unknown} `));
    if (attempt > optionalLines.length + 1 || (!folder && !line)) {
      throw new SandboxError('start-failed', `sshd for ${host.name} did not start. ${lastWords(log)}`);
    }
    if (folder) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o755);
    }
    if (line) config = config.replace(`${line}\n`, '');
  }
}

/** Null once it listens, else what it said before it ended. */
async function tryToStart(sshd: string, settings: SshdSettings, config: string): Promise<string | null> {
  const { host, layout } = settings;
  writeWhole(host.sshdConfig, config);
  for (const path of [host.sshdPid, host.sshdLog]) rmSync(path, { force: true });
  const child = spawn(sshd, ['-D', '-f', host.sshdConfig, '-E', host.sshdLog], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, [marker]: layout.folder },
  });
  child.unref();
  let ended = false;
  const hasEnded = () => {
    ended = true;
  };
  child.once('error', hasEnded);
  child.once('exit', hasEnded);
  // sshd writes its process id after it has begun to listen.
  const decided = await until(() => ended || read(host.sshdPid) !== '', { withinMs: 10_000 });
  if (decided && !ended) return null;
  if (!ended) child.kill('SIGKILL');
  return read(host.sshdLog);
}

function lastWords(log: string): string {
  const lines = log.trim().split('\n').filter(Boolean);
  return lines.length > 0 ? `It said: ${lines.slice(-3).join(' ')}` : 'It said nothing.';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
