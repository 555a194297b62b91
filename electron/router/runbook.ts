import { implement } from '@orpc/server';
import { runbookContract } from '../../shared/contract/runbook.ts';
import type { Session } from '../launch/index.ts';

export function runbookProcedures(session: Session) {
  const os = implement(runbookContract);
  const runs = () => session.need().runs;
  const logs = () => session.need().logs;
  return {
    plan: os.plan.handler(({ input }) => runs().plan(input)),
    start: os.start.handler(({ input }) => runs().start(input)),
    list: os.list.handler(() => runs().list()),
    get: os.get.handler(({ input }) => runs().get(input.run)),
    release: os.release.handler(({ input }) => runs().release(input)),
    choose: os.choose.handler(({ input }) => runs().choose(input)),
    stop: os.stop.handler(({ input }) => runs().stop(input)),
    rollbackPlan: os.rollbackPlan.handler(({ input }) => runs().rollbackPlan(input)),
    rollBack: os.rollBack.handler(({ input }) => runs().rollBack(input)),
    giveSecret: os.giveSecret.handler(async ({ input }) => {
      await session.secrets.give(input.name, input.value);
      runs().secretsGiven();
      return null;
    }),
    log: os.log.handler(({ input }) => logs().lines(input)),
    findInLog: os.findInLog.handler(({ input }) => logs().find(input)),
    watchLog: os.watchLog.handler(({ input, signal }) => logs().watch(input, signal)),
  };
}
