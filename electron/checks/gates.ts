import type { Gate } from '../../shared/contract/checklist.ts';
import type { Rule, Verdict } from '../../shared/contract/common.ts';
import { formatDuration } from '../../shared/units.ts';
import type { LaunchCheck } from './bind.ts';
import { evidenceKey, type KeptEvidence } from './evidence.ts';
import { worst } from './judge.ts';

/** What one check says of one machine at a moment; `missing` until it has been measured there. */
interface Standing {
  verdict: Verdict | 'missing';
  sentence: string;
  measured: string;
  at: string | null;
}

/** Not all measured is worse than a pass and better than anything known. */
const order: readonly Standing['verdict'][] = ['fail', 'error', 'stale', 'unproven', 'missing', 'pass'];
const mostSentences = 3;

/**
 * The gate of every item that a check is bound to, at a moment. The worst of its checks decides, on the machines each
 * is for: what a run measured elsewhere neither proves nor disproves the item. Evidence proves no longer when it is too
 * old, or when the check or its rules have changed; and a rule in the item's own words that none of its checks measures
 * keeps it from passing.
 * @param measuring knows the keys of evidence that is being made
 */
export function gatesAt(
  checks: readonly LaunchCheck[],
  latest: ReadonlyMap<string, KeptEvidence>,
  measuring: { has(key: string): boolean },
  now: Date,
): Map<string, Gate> {
  const byItem = new Map<string, LaunchCheck[]>();
  for (const check of checks) {
    for (const item of new Set(check.items)) byItem.set(item, [...(byItem.get(item) ?? []), check]);
  }
  const standings = new Map(checks.map((check) => [check, standingsOf(check, latest, now)]));
  return new Map(
    [...byItem].map(([item, ofItem]) => {
      const gate = combine(
        ofItem.flatMap((check) => standings.get(check) ?? []),
        unmeasuredRules(item, ofItem),
      );
      const running = ofItem.some((check) => keysOf(check).some((key) => measuring.has(key)));
      return [item, { ...gate, checks: ofItem.map(({ id }) => id), running }];
    }),
  );
}

/** The machines a check is measured on by its own words; null for this one. */
export function machinesOf({ hosts }: Pick<LaunchCheck, 'hosts'>): (string | null)[] {
  return hosts.length > 0 ? hosts : [null];
}

const keysOf = (check: LaunchCheck) => machinesOf(check).map((host) => evidenceKey(check.id, host));

function standingsOf(check: LaunchCheck, latest: ReadonlyMap<string, KeptEvidence>, now: Date): Standing[] {
  return machinesOf(check).map((host): Standing => {
    const evidence = latest.get(evidenceKey(check.id, host));
    if (!evidence) {
      const sentence = `Not measured yet${host ? ` on ${host}` : ''}.`;
      return { verdict: 'missing', sentence, measured: '', at: null };
    }
    const { verdict, sentence, at } = evidence;
    const standing = { verdict, sentence, measured: shortest(evidence), at };
    if (evidence.digest !== check.digest) {
      return {
        ...standing,
        verdict: 'stale',
        sentence: `The check or its rule has changed since. Run it again. At that time: ${sentence}`,
      };
    }
    const ageMs = now.getTime() - Date.parse(at);
    const proves = verdict === 'pass' || verdict === 'unproven';
    if (!proves || check.freshMs === null || ageMs <= check.freshMs) return standing;
    const old = `Measured ${formatDuration(ageMs)} ago, which counts for ${formatDuration(check.freshMs)}. Run it again.`;
    return { ...standing, verdict: 'stale', sentence: `${old} At that time: ${sentence}` };
  });
}

/** The figure the first rule is about, or else the first there is, in a few words. */
function shortest({ measured, rules, verdict }: KeptEvidence): string {
  const decided = rules.find((one) => one.verdict === verdict) ?? rules[0];
  const unit = decided && ('version' in decided.rule.bound ? '' : decided.rule.bound.unit);
  const about = measured.filter((one) => decided !== undefined && one.unit === unit);
  const named = about.find(({ quantity }) => quantity === decided?.quantity);
  return (named ?? about[0] ?? measured[0])?.text ?? '';
}

function unmeasuredRules(item: string, checks: readonly LaunchCheck[]): Rule[] {
  const [first, ...others] = checks.map(({ leaves }) => leaves.get(item) ?? []);
  return (first ?? []).filter((rule) => others.every((left) => left.some(({ text }) => text === rule.text)));
}

function combine(
  standings: readonly Standing[],
  unmeasured: readonly Rule[],
): Pick<Gate, 'verdict' | 'measured' | 'sentence' | 'at'> {
  const verdict = worst(
    standings.map((standing) => standing.verdict),
    order,
  );
  const deciding = standings.filter((standing) => standing.verdict === verdict);
  const times = standings.flatMap(({ at }) => at ?? []).toSorted();
  const gate = {
    measured: deciding.find(({ measured }) => measured !== '')?.measured ?? '',
    sentence: sentences(deciding.map(({ sentence }) => sentence)),
    at: times[0] ?? null,
  };
  if (verdict === 'pass' && unmeasured.length > 0) {
    const rules = unmeasured.map(({ text }) => `"${text}"`).join(', ');
    const sentence = `Nothing measures ${rules}. Bind a check that does, or give the check the rule that counts. ${gate.sentence}`;
    return { ...gate, verdict: 'error', sentence };
  }
  return { ...gate, verdict: verdict === undefined || verdict === 'missing' ? null : verdict };
}

function sentences(all: readonly string[]): string {
  const distinct = [...new Set(all)];
  const more = distinct.length - mostSentences;
  return [...distinct.slice(0, mostSentences), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
