import type { ForkedProcess, Host } from '../host.ts';
import type { MainProcedures, ServiceProcedures } from './procedures.ts';

/** How the service hears of the processes that were started for it. */
export type ForkListener = Pick<ServiceProcedures, 'forkSaid' | 'forkEnded'>;

/**
 * Offers a host to a service in another process. `drop` releases what a service that is gone had asked for: the
 * machine must not stay awake, and nothing compute, for a dead process.
 */
export function offerHost(host: Host, service: ForkListener): { procedures: MainProcedures; drop(): void } {
  const holds = new Map<number, () => void>();
  const forks = new Map<number, ForkedProcess>();
  const ability = ({ can, why }: { can: boolean; why: string }) => ({ can, why });
  const procedures: MainProcedures = {
    abilities: async () => ({
      secrets: ability(host.secrets),
      awake: ability(host.awake),
      notifications: ability(host.notifications),
      paths: ability(host.paths),
      pdf: ability(host.pdf),
    }),
    getSecret: (name) => host.secrets.get(name),
    setSecret: (name, value) => host.secrets.set(name, value),
    forgetSecret: (name) => host.secrets.forget(name),
    holdAwake: (hold, reason) => void holds.set(hold, host.awake.hold(reason)),
    releaseAwake(hold) {
      holds.get(hold)?.();
      holds.delete(hold);
    },
    notify: (title, text) => host.notifications.show(title, text),
    pickPath: (wish) => host.paths.pick(wish),
    printPdf: (html) => host.pdf.print(html),
    fork(id, entry, args) {
      if (!host.fork) throw new Error('This host starts no processes for the service.');
      const child = host.fork(entry, args);
      forks.set(id, child);
      child.onMessage((message) => {
        // Another may have its number by now: a service that is started again counts from the beginning.
        if (forks.get(id) === child) service.forkSaid(id, message);
      });
      child.onEnd((how) => {
        if (forks.get(id) !== child) return;
        forks.delete(id);
        service.forkEnded(id, how);
      });
    },
    tellFork: (id, message) => forks.get(id)?.post(message),
    killFork: (id) => forks.get(id)?.kill(),
  };
  return {
    procedures,
    drop() {
      for (const release of holds.values()) release();
      holds.clear();
      const left = [...forks.values()];
      forks.clear();
      for (const child of left) child.kill();
    },
  };
}
