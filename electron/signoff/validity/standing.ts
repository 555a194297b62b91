import { Ancestry } from '../entries/ancestry.ts';
import type { SignedEntry } from '../entries/entry.ts';
import { type Sight, type SubjectDocument, subjectsFor } from '../statement/sight.ts';
import { type StandingAnswer, standingAnswers } from './answers.ts';
import { areCurrent, type Difference, differencesSince, type SeenDocuments } from './differences.ts';
import { exclude, type RolePolicy } from './policy.ts';

export type RoleVerdict =
  | 'go'
  | 'go-with-condition'
  | 'no-go'
  /** One person said two things without either knowing of the other. */
  | 'conflict'
  /** Said go, of something that is no longer so. */
  | 'outdated'
  /** Said go, but may not be the one to say it. */
  | 'not-entitled'
  | 'abstain'
  | 'missing'
  /** Missing, and the time for it is over: a no-go. */
  | 'silent';

export interface JudgedAnswer extends StandingAnswer {
  /** What has changed since it was signed; empty while it is about today's launch. */
  differences: Difference[];
  /** Why it does not count as a go, in a sentence; empty where it does. */
  lacks: string;
}

export interface RoleStanding {
  role: string;
  title: string;
  verdict: RoleVerdict;
  answers: JudgedAnswer[];
  /** Why the role does not say go, in a sentence; empty where it does. */
  lacks: string;
}

export interface StandingFacts {
  policies: readonly RolePolicy[];
  /** Verified entries of one launch, in any order. */
  entries: readonly SignedEntry[];
  sight: Sight;
  /** The documents that earlier answers were about. */
  documents: SeenDocuments;
  /** Who started runs of the launch. */
  deployers: ReadonlySet<string>;
  at: Date;
}

/** What each role says today. Nothing of it is stored: it follows from the entries, the launch and the moment. */
export function standingsOf(facts: StandingFacts): RoleStanding[] {
  const ancestry = new Ancestry(facts.entries);
  const answers = new Map(
    facts.policies.map((policy) => [policy.role, standingAnswers(policy, facts.entries, ancestry)]),
  );
  return facts.policies.map((policy) => {
    const today = subjectsFor(facts.sight, policy.sections);
    const judged = (answers.get(policy.role) ?? []).map((answer) =>
      judge(answer, policy, today, facts, answers),
    );
    return {
      role: policy.role,
      title: policy.title,
      answers: judged,
      ...verdictOf(policy, judged, facts.at),
    };
  });
}

function judge(
  answer: StandingAnswer,
  policy: RolePolicy,
  today: readonly SubjectDocument[],
  { policies, documents, deployers }: StandingFacts,
  answers: ReadonlyMap<string, readonly StandingAnswer[]>,
): JudgedAnswer {
  const current = areCurrent(answer.subjects, today);
  const differences = current ? [] : differencesSince(answer.subjects, today, documents);
  const rival = policies.find(
    (other) =>
      exclude(policy, other) && answers.get(other.role)?.some(({ author }) => author === answer.author),
  );
  return { ...answer, differences, lacks: lackOf(answer, policy, current, rival, deployers) };
}

function lackOf(
  { answer, author, condition }: StandingAnswer,
  { deployerMaySign }: RolePolicy,
  current: boolean,
  rival: RolePolicy | undefined,
  deployers: ReadonlySet<string>,
): string {
  if (answer === 'no-go') return `${author} says no-go${condition && `: ${condition}`}`;
  if (answer === 'abstain') return `${author} abstains, which is not a go`;
  if (!current) return `${author} said ${answer} of something that has changed since`;
  if (rival) return `${author} answers as ${rival.title} too; another person must`;
  if (!deployerMaySign && deployers.has(author)) return `${author} deploys; another person must answer`;
  return '';
}

function verdictOf(
  { approvals, silentFrom }: RolePolicy,
  answers: readonly JudgedAnswer[],
  at: Date,
): Pick<RoleStanding, 'verdict' | 'lacks'> {
  const refusal = answers.find(({ answer }) => answer === 'no-go');
  if (refusal) return { verdict: 'no-go', lacks: refusal.lacks };
  const torn = answers.find((one) =>
    answers.some(({ author, answer }) => author === one.author && answer !== one.answer),
  );
  if (torn) {
    const said = answers.filter(({ author }) => author === torn.author).map(({ answer }) => answer);
    return {
      verdict: 'conflict',
      lacks: `${torn.author} said ${said.join(' and ')}; one must be taken back`,
    };
  }
  const counting = answers.filter(({ lacks }) => lacks === '');
  const people = new Set(counting.map(({ author }) => author));
  if (people.size >= approvals) {
    const conditional = counting.some(({ answer }) => answer === 'go-with-condition');
    return { verdict: conditional ? 'go-with-condition' : 'go', lacks: '' };
  }
  if (silentFrom !== null && at >= silentFrom) {
    return { verdict: 'silent', lacks: 'has not answered in time, which is a no-go' };
  }
  const more = people.size > 0 ? `${people.size} of ${approvals} people said go` : '';
  const [lacking] = [...answers].sort((a, b) => weight(b) - weight(a)).filter(({ lacks }) => lacks !== '');
  if (!lacking) return { verdict: 'missing', lacks: more || 'has not answered' };
  const verdict =
    lacking.answer === 'abstain' ? 'abstain' : lacking.differences.length > 0 ? 'outdated' : 'not-entitled';
  return { verdict, lacks: [lacking.lacks, more].filter(Boolean).join('; ') };
}

/** Which of several reasons is told: what can be cured by asking again comes first. */
function weight({ answer, differences }: JudgedAnswer): number {
  if (answer === 'abstain') return 0;
  return differences.length > 0 ? 2 : 1;
}
