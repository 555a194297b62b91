import { implement } from '@orpc/server';
import { sandboxContract } from '../../shared/contract/sandbox.ts';
import type { Session } from '../launch/index.ts';

export function sandboxProcedures(session: Session) {
  const os = implement(sandboxContract);
  const { sandbox } = session;
  return {
    get: os.get.handler(() => sandbox.state()),
    start: os.start.handler(async () => {
      await session.startSandbox();
      return sandbox.state();
    }),
    stop: os.stop.handler(() => sandbox.stop()),
    reset: os.reset.handler(() => sandbox.reset()),
    setFault: os.setFault.handler(({ input }) => sandbox.setFault(input.host, input.fault, input.version)),
  };
}
