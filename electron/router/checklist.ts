import { implement } from '@orpc/server';
import { checklistContract } from '../../shared/contract/checklist.ts';
import type { Session } from '../launch/index.ts';

export function checklistProcedures(session: Session) {
  const os = implement(checklistContract);
  const checklist = () => session.need().checklist;
  const author = () => session.author();
  return {
    get: os.get.handler(() => checklist().get()),
    item: os.item.handler(({ input }) => session.need().item(input.item)),
    mark: os.mark.handler(({ input }) => checklist().mark(author(), input.item, input.state, input.reason)),
    answer: os.answer.handler(({ input }) =>
      checklist().answer(author(), input.item, input.holds, input.note),
    ),
    note: os.note.handler(({ input }) => checklist().note(author(), input.item, input.text)),
    assign: os.assign.handler(({ input }) => checklist().assign(author(), input.item, input.to)),
    override: os.override.handler(({ input }) => checklist().override(author(), input.item, input.reason)),
    withdrawOverride: os.withdrawOverride.handler(({ input }) =>
      checklist().withdrawOverride(author(), input.item),
    ),
    rematch: os.rematch.handler(({ input }) => checklist().rematch(author(), input.pairs)),
    export: os.export.handler(() => checklist().export()),
    lint: os.lint.handler(() => ({
      findings: checklist().lint(),
      problems: session.need().describe().problems,
    })),
  };
}
