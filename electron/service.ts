import { implement } from '@orpc/server';
import { contract } from '../shared/contract/index.ts';
import type { Host } from './hosts/index.ts';
import { openJournal } from './journal/index.ts';
import { createSettings } from './settings/index.ts';

export interface ServiceOptions {
  dataFolder: string;
  host: Host;
}

/** The composition root: builds every domain once and answers the contract, on whatever port it is attached to. */
export async function createService({ dataFolder, host }: ServiceOptions) {
  const journal = openJournal(dataFolder);
  const settings = createSettings(journal);
  const ability = ({ can, why }: { can: boolean; why: string }) => ({ can, why });

  const router = {
    settings: {
      get: implement(contract.settings.get).handler(() => settings.get()),
      set: implement(contract.settings.set).handler(({ input }) => settings.set(input)),
      about: implement(contract.settings.about).handler(() => ({
        holdpoint: '0.1.0',
        host: host.kind,
        dataFolder,
        node: process.versions.node,
        sqlite: journal.prepare('SELECT sqlite_version()').pluck().get() as string,
        ssh: '',
        secrets: ability(host.secrets),
        keepAwake: ability(host.awake),
        notifications: ability(host.notifications),
        pickFolder: ability(host.folders),
      })),
    },
  };
  return {
    router,
    /** Whether something is under way that must not be cut off by closing the window. */
    isBusy: () => false,
    close: async () => journal.close(),
  };
}

export type Service = Awaited<ReturnType<typeof createService>>;
