import type { AnswerValue } from '../../../shared/contract/common.ts';
import type { Ancestry } from '../entries/ancestry.ts';
import type { SignedEntry } from '../entries/entry.ts';
import type { Subject } from '../statement/statement.ts';
import { maySign, type RolePolicy } from './policy.ts';

/** An answer that nobody has replaced or taken back. */
export interface StandingAnswer {
  id: string;
  author: string;
  answer: AnswerValue;
  condition: string;
  claimedAt: string;
  subjects: readonly Subject[];
}

/**
 * The answers of a role that stand. A person's own later answer replaces the one they had before them; anybody of the
 * role can take an answer back by naming it. What two people say without knowing of each other stands side by side.
 */
export function standingAnswers(
  policy: RolePolicy,
  entries: readonly SignedEntry[],
  ancestry: Ancestry,
): StandingAnswer[] {
  const ofRole = entries.filter(({ statement: { predicate } }) => {
    const { says, author } = predicate;
    return says.kind !== 'review' && says.role === policy.role && maySign(policy, author);
  });
  return ofRole
    .filter((entry) => !ofRole.some((other) => replaces(other, entry, ancestry)))
    .flatMap(toAnswer)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function replaces(later: SignedEntry, earlier: SignedEntry, ancestry: Ancestry): boolean {
  const { author, says } = later.statement.predicate;
  if (says.kind === 'review') return false;
  if (says.withdraws.includes(earlier.id)) return true;
  if (says.kind !== 'answer' || author !== earlier.statement.predicate.author) return false;
  return ancestry.saw(later, earlier);
}

function toAnswer({ id, statement: { subject, predicate } }: SignedEntry): StandingAnswer[] {
  const { author, claimedAt, says } = predicate;
  if (says.kind !== 'answer') return [];
  const { answer, condition } = says;
  return [{ id, author, answer, condition, claimedAt, subjects: subject }];
}
