import { readClock } from '../../shared/clock.ts';
import type { RoleAnswer } from '../../shared/contract/board.ts';
import type { AnswerValue } from '../../shared/contract/common.ts';
import type { Countdown, Role } from '../../shared/contract/pack.ts';
import type { JudgedAnswer, RoleStanding } from '../signoff/index.ts';

export interface RecordedAnswer {
  role: string;
  value: AnswerValue;
  condition: string;
  by: string;
  at: string;
}

/** What each role has said, and why that is not a go where it is not. */
export function readRoles(
  roles: readonly Role[],
  answers: readonly RecordedAnswer[],
  countdown: Countdown,
  now: Date,
): RoleAnswer[] {
  const answerOf = (role: string) => answers.find((answer) => answer.role === role);
  return roles.map(({ id, title, covers, deploys, notAlso, silenceNoGoMs }) => {
    const answer = answerOf(id);
    const rivals = roles.filter(
      (other) => other.id !== id && (notAlso.includes(other.id) || other.notAlso.includes(id)),
    );
    const rival = answer && rivals.find((other) => answerOf(other.id)?.by === answer.by);
    const silent = !answer && isOver(silenceNoGoMs, countdown, now);
    return {
      role: id,
      title,
      covers,
      deploys,
      answer: answer ? { ...answer, signed: false } : null,
      lacks: lackOf(answer, rival, silent),
      silent,
      silenceAt: silenceAt(silenceNoGoMs, countdown),
    };
  });
}

/** The same with what the role's signatures say in place of what was said without one. */
export function withSignatures(role: RoleAnswer, standing: RoleStanding | undefined): RoleAnswer {
  if (!standing) return role;
  const { verdict, answers, lacks } = standing;
  const shown = answers.toSorted((a, b) => weight(b) - weight(a))[0];
  return {
    ...role,
    answer: shown
      ? {
          value: shown.answer,
          condition: shown.condition,
          by: shown.author,
          at: shown.claimedAt,
          signed: true,
        }
      : null,
    lacks,
    silent: verdict === 'silent',
    outdated: verdict === 'outdated',
  };
}

/** Which of several answers is shown: the one that decides. */
function weight({ answer, lacks }: JudgedAnswer): number {
  if (answer === 'no-go') return 2;
  return lacks === '' ? 1 : 0;
}

function lackOf(answer: RecordedAnswer | undefined, rival: Role | undefined, silent: boolean): string {
  if (rival && answer) return `${answer.by} answers as ${rival.title} too; another person must`;
  if (answer?.value === 'no-go') return `says no-go${answer.condition && `: ${answer.condition}`}`;
  if (answer?.value === 'abstain') return 'abstains, which is not a go';
  if (answer) return '';
  return silent ? 'has not answered in time, which is a no-go' : 'has not answered';
}

function isOver(silenceNoGoMs: number | null, countdown: Countdown, now: Date): boolean {
  const { tMs } = readClock(countdown, now);
  return silenceNoGoMs !== null && tMs !== null && tMs >= -silenceNoGoMs;
}

/** Moves with the holds of the countdown, as T-0 does. */
function silenceAt(silenceNoGoMs: number | null, { t0, heldMs, hold }: Countdown): string | null {
  if (silenceNoGoMs === null || t0 === null || hold !== null) return null;
  return new Date(Date.parse(t0) + heldMs - silenceNoGoMs).toISOString();
}
