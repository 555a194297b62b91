import { answerBacktest } from './answers/backtest.ts';
import { answerClaims } from './answers/claims.ts';
import { answerCompare } from './answers/compare.ts';
import { answerMetrics } from './answers/metrics.ts';
import type { AnswerOf, JobName, QuestionOf } from './jobs.ts';
import type { Answered, AskOptions, ComputeProcess } from './process/index.ts';

/**
 * What can be asked of compute, a method per job. Questions and answers are plain data and name files by their paths, so
 * that who answers may live in another process.
 * @throws DataError and the errors of the job; ComputeError where there is no answer for another reason
 */
export type Compute = { [Name in JobName]: (question: QuestionOf<Name>) => Promise<AnswerOf<Name>> };

/** Answers in this process, without a store. Long questions keep it busy. */
export const computeHere: Pick<Compute, 'metrics' | 'backtest' | 'compare' | 'claims'> = {
  metrics: answerMetrics,
  backtest: (question) => answerBacktest(question),
  compare: answerCompare,
  claims: answerClaims,
};

/** Asks the compute process; `onAnswer` hears where each answer comes from. */
export function computeIn(
  process: ComputeProcess,
  options: AskOptions = {},
  onAnswer: (answered: Answered<unknown>) => void = () => {},
): Compute {
  const ask =
    <Name extends JobName>(name: Name) =>
    async (question: QuestionOf<Name>): Promise<AnswerOf<Name>> => {
      const answered = await process.ask(name, question, options);
      onAnswer(answered);
      return answered.answer;
    };
  return {
    metrics: ask('metrics'),
    backtest: ask('backtest'),
    compare: ask('compare'),
    drift: ask('drift'),
    forecast: ask('forecast'),
    profile: ask('profile'),
    infer: ask('infer'),
    shadow: ask('shadow'),
    claims: ask('claims'),
    sweep: ask('sweep'),
    providers: ask('providers'),
  };
}
