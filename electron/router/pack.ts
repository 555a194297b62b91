import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { packContract } from '../../shared/contract/pack.ts';
import type { Session } from '../launch/index.ts';
import { inFull } from './place.ts';

export function packProcedures(session: Session) {
  const os = implement(packContract);
  const launchChanged = () => {
    session.changes.publish({ topic: 'launch' });
    return session.need().describe();
  };
  return {
    current: os.current.handler(async () => (await session.settled())?.describe() ?? null),
    recent: os.recent.handler(async () => {
      await session.settled();
      return session.settings.recent().map((pack) => ({
        ...pack,
        there: existsSync(join(pack.folder, 'launch.yaml')),
        problem: session.whyNotReopened(pack.folder, pack.mode),
      }));
    }),
    worked: os.worked.handler(() => session.worked()),
    open: os.open.handler(({ input }) => session.open(inFull(input.folder), input.mode)),
    openWorked: os.openWorked.handler(({ input }) => session.openWorked(input.name)),
    reload: os.reload.handler(() => session.reload()),
    close: os.close.handler(async () => {
      await session.closeLaunch();
      return null;
    }),
    setMode: os.setMode.handler(({ input }) => session.setMode(input.mode)),
    setT0: os.setT0.handler(({ input }) => {
      session.need().countdown.setT0(session.author(), input.t0);
      return launchChanged();
    }),
    holdClock: os.holdClock.handler(({ input }) => {
      session.need().countdown.hold(session.author(), input.reason);
      return launchChanged();
    }),
    resumeClock: os.resumeClock.handler(() => {
      session.need().countdown.resume(session.author());
      return launchChanged();
    }),
  };
}
