import type { Host } from '../host.ts';
import type { MainProcedures } from './procedures.ts';

/**
 * Offers a host to a service in another process. `drop` releases what a service that is gone had asked for: the
 * machine must not stay awake for a dead process.
 */
export function offerHost(host: Host): { procedures: MainProcedures; drop(): void } {
  const holds = new Map<number, () => void>();
  const ability = ({ can, why }: { can: boolean; why: string }) => ({ can, why });
  const procedures: MainProcedures = {
    abilities: async () => ({
      secrets: ability(host.secrets),
      awake: ability(host.awake),
      notifications: ability(host.notifications),
      folders: ability(host.folders),
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
    pickFolder: () => host.folders.pick(),
    printPdf: (html) => host.pdf.print(html),
  };
  return {
    procedures,
    drop() {
      for (const release of holds.values()) release();
      holds.clear();
    },
  };
}
