import { implement } from '@orpc/server';
import { checksContract } from '../../shared/contract/checks.ts';
import type { Session } from '../launch/index.ts';

export function checksProcedures(session: Session) {
  const os = implement(checksContract);
  return {
    list: os.list.handler(() => session.need().checks.list()),
    run: os.run.handler(({ input }) => session.need().checks.run(input)),
  };
}
