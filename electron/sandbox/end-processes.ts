import { SandboxError } from './errors.ts';
import { hostNames, type Layout } from './layout.ts';
import { familyOf, listProcesses, signal } from './processes.ts';
import { sshdOf } from './sshd.ts';
import { marker } from './sshd-config.ts';
import { until } from './wait.ts';

/** Longer than a demo service takes to finish the answers under way. */
const graceMs = 6000;

/** The processes of a sandbox: servers, sessions, demo services, and whatever was left running by a session. */
async function sandboxProcesses(layout: Layout): Promise<number[]> {
  const listeners = await Promise.all(hostNames.map((name) => sshdOf(layout.host(name))));
  const processes = await listProcesses({
    environment: `${marker}=${layout.folder}`,
    logs: layout.sshdFolder,
  });
  return familyOf(
    processes,
    listeners.filter((pid) => pid !== null),
  );
}

/**
 * Ends every process of a sandbox, TERM first, and looks again until none is left.
 * @throws SandboxError `stop-failed`
 */
export async function endProcesses(layout: Layout): Promise<void> {
  const asked = new Set<number>();
  const none = (name: 'SIGTERM' | 'SIGKILL') => async () => {
    const pids = await sandboxProcesses(layout);
    // Once each: a second TERM would cut short what the first one began.
    signal(name === 'SIGKILL' ? pids : pids.filter((pid) => !asked.has(pid)), name);
    for (const pid of pids) asked.add(pid);
    return pids.length === 0;
  };
  if (await until(none('SIGTERM'), { withinMs: graceMs, everyMs: 50 })) return;
  if (await until(none('SIGKILL'), { withinMs: graceMs, everyMs: 50 })) return;
  const left = await sandboxProcesses(layout);
  throw new SandboxError(
    'stop-failed',
    `These processes of the sandbox could not be ended: ${left.join(', ')}. End them by hand.`,
  );
}
