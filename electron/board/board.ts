import type { Board } from '../../shared/contract/board.ts';
import type { Checklist, Item } from '../../shared/contract/checklist.ts';
import type { AnswerValue } from '../../shared/contract/common.ts';
import type { Contact, Countdown, Role } from '../../shared/contract/pack.ts';
import type { Journal } from '../journal/index.ts';
import type { Review, RoleStanding } from '../signoff/index.ts';
import { reasonsAgainst } from './decide.ts';
import { roleAnswered, roleWithdrew } from './entries.ts';
import { type RecordedAnswer, readRoles, withSignatures } from './roles.ts';

export interface BoardOptions {
  journal: Journal;
  launch: string;
  roles(): readonly Role[];
  contacts(): readonly Contact[];
  checklist(): Checklist;
  countdown(): Countdown;
  /** Of the roles whose answers are signed; of those nothing else counts. */
  signed(): readonly RoleStanding[];
  /** What signed reviews say together. */
  review(): Pick<Review, 'items' | 'forks'>;
  now(): Date;
}

export interface BoardKeeper {
  read(): Board;
  /** Records a role's answer in a person's name. A condition must be said, and a no-go must say why. */
  answer(author: string, answer: { role: string; value: AnswerValue; condition: string }): void;
  withdraw(author: string, role: string): void;
}

const nextShown = 5;

/** Go or no-go, and why: criteria, gates, blockers, overrides, roles and their answers. */
export function createBoard(options: BoardOptions): BoardKeeper {
  const { journal, launch } = options;
  const answers = () =>
    journal
      .prepare('SELECT role, value, condition, by, at FROM answer WHERE launch = ?')
      .all(launch) as RecordedAnswer[];
  const titleOf = (role: string) => {
    const known = options.roles().find(({ id }) => id === role);
    if (known) return known.title;
    throw new Error(
      `There is no role "${role}" in launch.yaml. There are: ${options
        .roles()
        .map(({ id }) => id)
        .join(', ')}.`,
    );
  };
  const assertUnsigned = (role: string, title: string) => {
    if (!options.signed().some((standing) => standing.role === role)) return;
    throw new Error(`${title} answers with a signature: holdpoint sign. launch.yaml says who may.`);
  };
  return {
    read() {
      const checklist = options.checklist();
      const { items } = checklist;
      const signed = new Map(options.signed().map((standing) => [standing.role, standing]));
      const roles = readRoles(options.roles(), answers(), options.countdown(), options.now()).map((role) =>
        withSignatures(role, signed.get(role.role)),
      );
      const review = options.review();
      const reasons = reasonsAgainst({
        items,
        roles,
        unmatched: checklist.unmatched.length,
        reviewedDifferently: review.items.filter(({ disputed }) => disputed),
        forks: review.forks,
      });
      return {
        decision: reasons.length === 0 ? 'go' : 'no-go',
        reasons,
        go: items.filter(({ criterion }) => criterion === 'go'),
        noGo: items.filter(({ criterion }) => criterion === 'no-go'),
        gates: items.filter(({ gate }) => gate !== null),
        overrides: items.filter(({ override }) => override !== null),
        waivers: items.filter(({ status }) => status === 'waived'),
        blockers: items.filter(
          ({ status }) => status === 'blocked' || status === 'failed' || status === 'disputed',
        ),
        roles,
        emptyContacts: emptyFields(options.contacts()),
        progress: checklist.progress,
        next: nextItems(checklist),
      };
    },
    answer(author, { role, value, condition }) {
      const title = titleOf(role);
      assertUnsigned(role, title);
      if (condition.trim() === '' && value === 'go-with-condition')
        throw new Error(`Say the condition under which ${title} says go.`);
      if (condition.trim() === '' && value === 'no-go') throw new Error(`Say why ${title} says no-go.`);
      journal.append(author, roleAnswered.draft({ launch, role, value, condition }));
    },
    withdraw(author, role) {
      assertUnsigned(role, titleOf(role));
      journal.append(author, roleWithdrew.draft({ launch, role }));
    },
  };
}

function emptyFields(contacts: readonly Contact[]): string[] {
  return contacts.flatMap(({ title, fields }) =>
    fields.filter(({ value }) => value.trim() === '').map(({ name }) => `${title}: ${name}`),
  );
}

/** Open items of the present phase that wait for nothing below them. */
function nextItems({ items, sections, phase }: Checklist): Item[] {
  const inPhase = new Set(sections.filter((section) => section.phase === phase).map(({ id }) => id));
  const parentsWithWork = new Set(
    items.filter(({ status }) => status === 'open').map(({ parent }) => parent),
  );
  return items
    .filter(
      ({ section, status, criterion }) => inPhase.has(section) && status === 'open' && criterion === null,
    )
    .filter(({ id }) => !parentsWithWork.has(id))
    .slice(0, nextShown);
}
