import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { BoundCheck } from '../../shared/contract/checks.ts';
import type { Rule } from '../../shared/contract/common.ts';
import type { CheckFile } from '../pack/index.ts';
import { anyUnit, type CheckKind, type PreparedCheck, type Quantity } from './kind.ts';
import { checkKinds } from './kinds/index.ts';
import { quantityOf } from './quantities.ts';

/** A rule, and the quantity of the check that it is held against; null where the check measures none of it. */
export interface BoundRule {
  rule: Rule;
  quantity: string | null;
}

/** A check of the pack, bound to the items it decides and the hosts it is measured on. */
export interface LaunchCheck extends Omit<BoundCheck, 'rules'> {
  rules: BoundRule[];
  timeoutMs: number;
  /** Rules in an item's own words that this check does not measure, by item. */
  leaves: ReadonlyMap<string, readonly Rule[]>;
  /** Why it cannot be judged, in a sentence with what to change; null where it can. */
  problem: string | null;
  /** SHA-256 of what is measured and what is asked of it: evidence of another digest is of another check. */
  digest: string;
  ofLaunch: boolean;
  measure: PreparedCheck['measure'];
}

export interface ItemToBind {
  id: string;
  /** The rules in its own words. */
  rules: readonly Rule[];
}

export type ParseRule = (text: string) => { ok: true; rule: Rule } | { ok: false; message: string };

export interface BindOptions {
  checks: readonly CheckFile[];
  /** The items at the check's addresses. */
  itemsOf: (check: CheckFile) => readonly ItemToBind[];
  /** The hosts of a target, or the host itself. */
  hostsOf: (place: string) => readonly string[];
  parseRule: ParseRule;
  kinds?: readonly CheckKind[];
}

export function bindChecks({ checks, kinds = checkKinds, ...rest }: BindOptions): LaunchCheck[] {
  return checks.map((check) => {
    const kind = kinds.find((one) => one.kind === check.kind);
    if (!kind) throw new Error(`The pack was read with a kind of check that is not there: ${check.kind}`);
    return bindCheck(check, kind, rest);
  });
}

function bindCheck(
  check: CheckFile,
  kind: CheckKind,
  { itemsOf, hostsOf, parseRule }: Omit<BindOptions, 'checks' | 'kinds'>,
): LaunchCheck {
  const { quantities, ...prepared } = kind.prepare(check.spec);
  const items = itemsOf(check);
  const written = check.rules.map(parseRule);
  const bind = (rule: Rule, written: boolean): BoundRule => ({
    rule,
    quantity: quantityOf(rule, quantities, { written })?.name ?? null,
  });
  // A bare figure in a document (`89 features`) says what is set, not what must hold.
  const own =
    check.rules.length > 0
      ? []
      : items.flatMap((item) => comparing(item.rules).map((rule) => bind(rule, false)));
  const rules = [
    ...written.flatMap((parsed) => (parsed.ok ? [bind(parsed.rule, true)] : [])),
    ...withoutRepeats(own.filter(({ quantity }) => quantity !== null)),
  ];
  const hosts = kind.ofLaunch ? [] : [...new Set(check.on.flatMap((place) => hostsOf(place)))];
  const problem =
    written.map((parsed) => (parsed.ok ? null : parsed.message)).find((message) => message !== null) ??
    rules.map(unmeasured).find((message) => message !== null) ??
    ambiguous(rules, quantities);

  function unmeasured({ rule, quantity }: BoundRule): string | null {
    if (quantity !== null) return null;
    const names = quantities.map(({ name, unit }) => (unit && unit !== anyUnit ? `${name} (${unit})` : name));
    const measures = names.length > 0 ? `It measures ${names.join(', ')}.` : 'It measures no figure.';
    return `A ${check.kind} check does not measure "${rule.text}". ${measures} Change the rule, or the kind of check.`;
  }

  return {
    id: check.id,
    kind: check.kind,
    title: hosts.length > 0 ? `${prepared.title} on ${check.on.join(', ')}` : prepared.title,
    items: items.map(({ id }) => id),
    hosts,
    rules,
    freshMs: check.freshMs,
    timeoutMs: check.timeoutMs ?? prepared.timeoutMs,
    leaves: new Map(items.map((item) => [item.id, check.rules.length > 0 ? [] : left(item)])),
    problem,
    digest: digestOf({ kind: check.kind, spec: check.spec, rules: rules.map(({ rule }) => rule) }),
    ofLaunch: kind.ofLaunch,
    measure: prepared.measure,
  };

  function left({ rules: ownRules }: ItemToBind): Rule[] {
    return comparing(ownRules).filter((rule) => bind(rule, false).quantity === null);
  }
}

/** One figure without a name cannot be two things. */
function ambiguous(rules: readonly BoundRule[], quantities: readonly Quantity[]): string | null {
  const unnamed = quantities.find((quantity) => quantity.unnamed)?.name;
  const names = new Set(rules.flatMap(({ rule, quantity }) => (quantity === unnamed ? rule.quantity : [])));
  if (unnamed === undefined || names.size < 2) return null;
  const listed = [...names].map((name) => `"${name}"`).join(', ');
  return `The check measures one figure, and its rules call it ${listed}. Say which it is with "quantity", and measure the others in checks of their own.`;
}

const comparing = (rules: readonly Rule[]) => rules.filter(({ comparator }) => comparator !== '=');

function withoutRepeats(rules: BoundRule[]): BoundRule[] {
  const seen = new Map(
    rules.map((rule) => [JSON.stringify([rule.quantity, rule.rule.comparator, rule.rule.bound]), rule]),
  );
  return [...seen.values()];
}

function digestOf(what: unknown): string {
  return createHash('sha256')
    .update(canonicalize(what) ?? '')
    .digest('hex');
}
