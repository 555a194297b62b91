import { matchesPatterns } from '../signers/pattern.ts';

/** What is asked of a role's answer. */
export interface RolePolicy {
  role: string;
  title: string;
  /** Patterns of the people who may answer, as allowed_signers names them. */
  signers: readonly string[];
  /** How many different people must say go. */
  approvals: number;
  /** Whether somebody who started a run of the launch may be one of them. */
  deployerMaySign: boolean;
  /** Roles that nobody may answer for besides this one. */
  notAlso: readonly string[];
  /** Sections it answers for, subsections included; null means everything. */
  sections: ReadonlySet<string> | null;
  /** From when on a missing answer is a no-go; null where it never is. */
  silentFrom: Date | null;
}

export function maySign({ signers }: Pick<RolePolicy, 'signers'>, person: string): boolean {
  return matchesPatterns(person, signers);
}

/** Whether one of the two roles says that nobody may answer for both. */
export function exclude(a: RolePolicy, b: RolePolicy): boolean {
  return a.role !== b.role && (a.notAlso.includes(b.role) || b.notAlso.includes(a.role));
}
