import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { LogFile } from '../../../electron/runbook/log.ts';
import { createRedactor } from '../../../electron/runbook/redact.ts';
import { createJobs, createSsh } from '../../../electron/ssh/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { createSshLab } from '../../support/sshd.ts';

/** A step that prints 100 MB: how much the service grows, how long it is not there for the window, what is on disk. */
const megabytes = 100;
const work = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const lab = createSshLab();
const ssh = createSsh({ configFile: lab.configFile });
try {
  await lab.addHost('bench');
  const jobs = createJobs(ssh, { dataFolder: work });
  const log = new LogFile(join(work, 'step.log'));
  const redactor = createRedactor(['a-secret-that-does-not-occur']);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const line = 'x'.repeat(99);
  const script = `yes ${line} | head -c ${megabytes * 1_000_000}`;
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  delay.enable();
  await jobs.run(
    { id: 'big-output', host: 'bench', script, shell: 'sh -eu', env: {}, timeoutMs: 600_000 },
    { offset: () => log.offset() + redactor.heldBytes(), write: (chunk) => log.write(redactor.push(chunk)) },
  );
  log.write(redactor.end());
  delay.disable();
  clearInterval(watch);
  const onDisk = statSync(log.path).size / 1e6;
  console.log(
    formatRow('memory grown while a step prints 100 MB | 100 MB', (most - before) / 1e6, 100, 'MB', 1),
  );
  console.log(formatRow('longest time away from the window meanwhile | 50 ms', delay.max / 1e6, 50, 'ms', 1));
  console.log(formatRow('bytes missing on disk of 100 MB | 1 MB', Math.abs(megabytes - onDisk), 1, 'MB', 0));
  log.close();
} finally {
  await ssh.close();
  await lab.close();
  rmSync(work, { recursive: true, force: true });
}
