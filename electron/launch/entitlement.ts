import type { RoleSigning, SigningKeyView } from '../../shared/contract/signoff.ts';
import type { SshKey } from '../keys/index.ts';
import { maySign, type PackTrust, type RolePolicy, type RoleStanding } from '../signoff/index.ts';
import { viewKey } from './signing-key.ts';

export interface EntitlementFacts {
  keys: readonly SshKey[];
  trust: PackTrust;
  policies: readonly RolePolicy[];
  standings: readonly RoleStanding[];
  /** Who started runs, by every name they have. */
  deployers: ReadonlySet<string>;
  /** How the journal names the present person. */
  person: string;
  /** Headings each role answers for. */
  covers(role: string): string[] | null;
  now: Date;
}

/** Whom the pack's files take the owner of these keys for, and which roles that lets them answer. */
export function entitlementsOf(facts: EntitlementFacts): { keys: SigningKeyView[]; roles: RoleSigning[] } {
  const keys = facts.keys.map((key) => viewKey(key, facts));
  return { keys, roles: facts.policies.map((policy) => roleSigning(policy, keys, facts)) };
}

function roleSigning(
  policy: RolePolicy,
  keys: readonly SigningKeyView[],
  facts: EntitlementFacts,
): RoleSigning {
  const { role, title, signers, approvals, deployerMaySign } = policy;
  const rivals = facts.policies.filter(
    (other) => other.role !== role && (policy.notAlso.includes(other.role) || other.notAlso.includes(role)),
  );
  const by = keys.flatMap(({ keyFile, names }) =>
    names
      .filter((name) => isAmong(name, signers))
      .map((as) => ({ as, keyFile, caution: cautionOf(as, policy, rivals, facts) })),
  );
  return {
    ...{ role, title, signers: [...signers], approvals, deployerMaySign },
    notAlso: rivals.map((rival) => rival.title),
    covers: facts.covers(role),
    by,
    why: by.length > 0 ? '' : whyNobody(policy, keys, facts),
  };
}

function cautionOf(
  as: string,
  { deployerMaySign }: RolePolicy,
  rivals: readonly RolePolicy[],
  { deployers, person, standings }: EntitlementFacts,
): string {
  const deployer = [as, person].find((name) => deployers.has(name));
  if (!deployerMaySign && deployer !== undefined)
    return `${deployer} started a run of this launch; another person must answer.`;
  const taken = rivals.find(({ role }) =>
    standings.some((one) => one.role === role && one.answers.some(({ author }) => author === as)),
  );
  return taken ? `${as} answers as ${taken.title} already; another person must answer.` : '';
}

function whyNobody(
  { title, signers }: RolePolicy,
  keys: readonly SigningKeyView[],
  { trust }: EntitlementFacts,
): string {
  const may = signers.join(', ');
  if (keys.length === 0)
    return 'There is no SSH key here. Make one, or start the agent that has it, and see that allowed_signers names it.';
  const names = [...new Set(keys.flatMap((key) => key.names))];
  if (names.length > 0)
    return `Here signs ${names.join(', ')}. As ${title} may sign: ${may}. launch.yaml says so.`;
  const known = keys.find((key) =>
    trust.signers.some((one) => key.line.endsWith(one.key.blob.toString('base64'))),
  );
  if (known) return known.why;
  return `allowed_signers has none of the ${keys.length} keys here. As ${title} may sign: ${may}.`;
}

function isAmong(name: string, patterns: readonly string[]): boolean {
  return maySign({ signers: patterns }, name);
}
