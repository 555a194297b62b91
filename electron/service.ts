import { findInstallation, type Host } from './hosts/index.ts';
import { createPins, createTimeline, openJournal } from './journal/index.ts';
import { Session } from './launch/index.ts';
import { projections, tellers } from './recorded.ts';
import { createRouter } from './router/index.ts';

export interface ServiceOptions {
  dataFolder: string;
  host: Host;
  now?: () => Date;
}

const backUpEveryMs = 3_600_000;

/** The composition root: builds every domain once and answers the contract, on whatever port it is attached to. */
export async function createService({ dataFolder, host, now = () => new Date() }: ServiceOptions) {
  const journal = openJournal(dataFolder, { projections, now });
  const timeline = createTimeline(journal, tellers);
  const { version, resources } = findInstallation();
  const session = new Session({ journal, dataFolder, resources, host, projections, now });
  // A command line opens what it was told to, and nothing else.
  if (host.kind !== 'headless') void session.reopen();
  const backups = setInterval(() => journal.backUp(), backUpEveryMs).unref();
  const router = createRouter({ session, timeline, pins: createPins(journal, timeline), version });
  return {
    router,
    /** What must not be cut off by closing the window. */
    underWay: () => session.underWay(),
    async close() {
      clearInterval(backups);
      await session.close();
      journal.close();
    },
  };
}

export type Service = Awaited<ReturnType<typeof createService>>;
