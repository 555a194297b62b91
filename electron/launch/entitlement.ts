import type { RoleSigning, SigningKeyView } from '../../shared/contract/signoff.ts';
import type { SshKey } from '../keys/index.ts';
import {
  type AllowedSigner,
  maySign,
  namespace,
  type PackTrust,
  type RolePolicy,
  type RoleStanding,
} from '../signoff/index.ts';

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
  const keys = facts.keys.map((key) => keyView(key, facts));
  return { keys, roles: facts.policies.map((policy) => roleSigning(policy, keys, facts)) };
}

function keyView(key: SshKey, { trust, policies, now }: EntitlementFacts): SigningKeyView {
  const { keyFile, type, fingerprint, comment, inAgent } = key;
  const lines = trust.signers.filter((one) => !one.certAuthority && one.key.blob.equals(key.blob));
  const revoked = trust.revoked.has(key) ? 'It is revoked: nothing it signs counts.' : '';
  const objections = lines.map((line) => objectionTo(line, now));
  const names = lines
    .filter((_, index) => revoked === '' && objections[index] === '')
    .flatMap(({ principals }) => namesOf(principals, policies));
  const objection = objections.find((one) => one !== '') ?? withoutName(lines);
  return {
    ...{ keyFile, type, fingerprint, comment, inAgent },
    names: [...new Set(names)],
    why: revoked || (names.length > 0 ? '' : objection),
    line: `NAME namespaces="${namespace}" ${type} ${key.blob.toString('base64')}`,
  };
}

/** A line of patterns lets somebody sign, but does not say by which name. */
function withoutName([first]: readonly AllowedSigner[]): string {
  if (!first) return 'allowed_signers has no line with this key.';
  const { line, principals } = first;
  return `allowed_signers line ${line} is for ${principals.join(', ')}. Sign by your own name among them: choose another name and key.`;
}

/** The names a line has written out, and those of launch.yaml that its patterns take in. */
function namesOf(principals: readonly string[], policies: readonly RolePolicy[]): string[] {
  const written = [...principals, ...policies.flatMap(({ signers }) => signers)];
  return written.filter((name) => isName(name) && isAmong(name, principals));
}

function objectionTo({ line, namespaces, validAfter, validBefore }: AllowedSigner, now: Date): string {
  const where = `allowed_signers line ${line}`;
  if (namespaces && !isAmong(namespace, namespaces))
    return `${where}: it may sign for ${namespaces.join(', ')}, not for ${namespace}.`;
  if (validAfter && now < validAfter) return `${where}: it is valid from ${validAfter.toISOString()} on.`;
  if (validBefore && now > validBefore) return `${where}: it was valid until ${validBefore.toISOString()}.`;
  return '';
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

function isName(word: string): boolean {
  return !/[*?!]/.test(word);
}

function isAmong(name: string, patterns: readonly string[]): boolean {
  return maySign({ signers: patterns }, name);
}
