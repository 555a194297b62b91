import { implement } from '@orpc/server';
import { boardContract } from '../../shared/contract/board.ts';
import type { Session } from '../launch/index.ts';

export function boardProcedures(session: Session) {
  const os = implement(boardContract);
  const board = () => session.need().board;
  return {
    get: os.get.handler(() => board().read()),
    answer: os.answer.handler(({ input }) => {
      board().answer(session.author(), input);
      return board().read();
    }),
    withdraw: os.withdraw.handler(({ input }) => {
      board().withdraw(session.author(), input.role);
      return board().read();
    }),
  };
}
