import type { AnswerValue } from '../../../shared/contract/common.ts';
import { maySign } from '../../signoff/index.ts';
import type { PastRole } from './entries.ts';

/** An answer as the journal has it. */
export interface PastAnswer {
  /** Of the journal's entry; of a signed answer, of its statement. */
  id: string;
  role: string;
  value: AnswerValue;
  condition: string;
  by: string;
  /** When it came into this journal, by the clock of this machine. */
  at: string;
  /** By the signer's clock; null for an answer without a signature. */
  claimedAt: string | null;
  /** Why it stands no more; empty while it does. */
  over: string;
}

/** What stands of the answers to each role at one moment: answers come, replace each other and are taken back. */
export class Answers {
  readonly all: PastAnswer[] = [];

  add(answer: PastAnswer): void {
    const isReplaced = (earlier: PastAnswer) =>
      earlier.role === answer.role &&
      // Without signatures a role has one answer, whoever gives it.
      (answer.claimedAt === null ? earlier.claimedAt === null : earlier.by === answer.by);
    this.#end(isReplaced, `replaced ${answer.at}`);
    this.all.push(answer);
  }

  /** Takes back the answers that are named, or what the role said without a signature. */
  withdraw(role: string, ids: readonly string[] | null, at: string, by: string): void {
    this.#end(
      (one) => (ids === null ? one.role === role && one.claimedAt === null : ids.includes(one.id)),
      `taken back ${at} by ${by}`,
    );
  }

  /** Why each role has not said go, by the title of the role; empty where all have. */
  lacks(roles: readonly PastRole[], deployers: ReadonlySet<string>): string[] {
    return roles.flatMap((role) => {
      const lack = this.lackOf(role, roles, deployers);
      return lack === '' ? [] : [`${role.title}: ${lack}`];
    });
  }

  lackOf(role: PastRole, roles: readonly PastRole[], deployers: ReadonlySet<string>): string {
    const standing = this.#standing(role);
    const refusal = standing.find(({ value }) => value === 'no-go');
    if (refusal) return `${refusal.by} says no-go${refusal.condition && `: ${refusal.condition}`}`;
    const rivals = roles.filter(
      ({ id, notAlso }) => id !== role.id && (notAlso.includes(role.id) || role.notAlso.includes(id)),
    );
    const mayCount = ({ by }: PastAnswer) =>
      (role.deployerMaySign || !deployers.has(by)) &&
      !rivals.some((rival) => this.#standing(rival).some((one) => one.by === by));
    const people = new Set(
      standing.filter((one) => one.value !== 'abstain' && mayCount(one)).map(({ by }) => by),
    );
    if (people.size >= role.approvals) return '';
    if (standing.length === 0) return 'has not answered';
    return `${people.size} of ${role.approvals} people who may have said go`;
  }

  #standing(role: PastRole): PastAnswer[] {
    return this.all.filter((one) => {
      if (one.role !== role.id || one.over !== '') return false;
      return role.signers.length === 0 || (one.claimedAt !== null && maySign(role, one.by));
    });
  }

  #end(which: (answer: PastAnswer) => boolean, how: string): void {
    for (const answer of this.all) if (answer.over === '' && which(answer)) answer.over = how;
  }
}
