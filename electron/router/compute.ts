import { implement } from '@orpc/server';
import { computeContract } from '../../shared/contract/compute/index.ts';
import type { Session } from '../launch/index.ts';

export function computeProcedures(session: Session) {
  const os = implement(computeContract);
  const { compute } = session;
  return {
    files: os.files.handler(() => compute.files()),
    providers: os.providers.handler(() => compute.providers()),
    jobs: os.jobs.handler(() => compute.list()),
    start: os.start.handler(({ input }) => compute.start(input.question, input.fresh)),
    cancel: os.cancel.handler(({ input }) => {
      compute.cancel(input.id);
      return compute.list();
    }),
    forget: os.forget.handler(({ input }) => {
      compute.forget(input.id);
      return compute.list();
    }),
    answer: os.answer.handler(({ input }) => compute.answer(input.id)),
    export: os.export.handler(({ input }) => compute.export(input)),
    models: os.models.handler(() => compute.models()),
    setModelRole: os.setModelRole.handler(({ input }) => compute.setModelRole(input.sha256, input.role)),
    trials: os.trials.handler(() => compute.ledger.list()),
  };
}
