import type { Finding } from '../../shared/contract/checklist.ts';
import type { Rule } from '../../shared/contract/common.ts';
import { compareBounds, compareVersions, quantityKey } from '../../shared/rule/index.ts';
import type { Document, DocumentItem, Endpoint, Mention } from './document/document.ts';

/** A threshold of the pack, for comparing with what the document says. */
export interface PackThreshold {
  rule: Rule;
  /** `launch.yaml:31`, for the reader of the finding. */
  where: string;
  line: number;
  column: number;
  /** It says when to roll back or raise an alarm, not what must hold. */
  trigger: boolean;
  /** The item it is bound to; null where it is for the launch as a whole. */
  item: string | null;
}

type Threshold = Pick<
  Mention,
  'rule' | 'key' | 'compares' | 'trigger' | 'place' | 'line' | 'column' | 'item'
> & {
  from: Mention['from'] | 'pack';
  where: string;
};

/** The same quantity with two bounds, and the same endpoint under two names. */
export function findContradictions(
  { mentions, endpoints, items }: Document,
  packThresholds: readonly PackThreshold[],
): Finding[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const thresholds: Threshold[] = [
    ...mentions.map((mention) => ({ ...mention, where: `line ${mention.line}` })),
    ...packThresholds.map((threshold) => fromPack(threshold, byId)),
  ];
  const groups = Map.groupBy(thresholds, ({ key }) => key);
  // What names no quantity cannot be compared, and how often a thing is done changes from phase to phase.
  for (const key of groups.keys()) if (key === '' || /\binterval\b/.test(key)) groups.delete(key);
  return [...[...groups.values()].flatMap((group) => contradictionIn(group) ?? []), ...twoNames(endpoints)];
}

function fromPack(threshold: PackThreshold, items: ReadonlyMap<string, DocumentItem>): Threshold {
  const { rule, item } = threshold;
  const own = item === null ? [] : (items.get(item)?.rules ?? []);
  const meant =
    own.length === 1 && own[0] && compareBounds(own[0].bound, rule.bound) !== null ? own[0] : rule;
  const key = quantityKey(meant.quantity);
  return { ...threshold, key, compares: true, from: 'pack', place: '' };
}

/** Comparing every pair of more different figures than this takes longer than a person would read. */
const mostCompared = 300;

function contradictionIn(group: Threshold[]): Finding | null {
  if (group.length < 2) return null;
  const different = [...new Map(group.toReversed().map((one) => [signature(one), one])).values()]
    .toReversed()
    .slice(0, mostCompared);
  for (const first of different) {
    const against = different.filter((other) => other !== first && contradict(first, other));
    if (first.from === 'pack' || against.length === 0) continue;
    const said = against.map((other) => `"${other.rule.text}" in ${other.where}`).join(' and ');
    const also = group.filter((other) => other !== first);
    return {
      code: 'contradiction',
      line: first.line,
      column: first.column,
      message: `${capital(first.rule.quantity)} is "${first.rule.text}" here, but ${said}. Only one can be meant: make them equal.`,
      also: also.map(({ line, column, rule, where, from }) => ({
        line,
        column,
        text: from === 'pack' ? `${where}: ${rule.text}` : rule.text,
      })),
      item: first.item,
    };
  }
  return null;
}

/** What of a threshold decides whether it contradicts another. */
function signature({ rule, compares, trigger, place, from }: Threshold): string {
  return JSON.stringify([rule.comparator, rule.bound, compares, trigger, place, from]);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function contradict(a: Threshold, b: Threshold): boolean {
  if (a.place !== b.place && a.place !== '' && b.place !== '') return false;
  // An alarm at 5 % and a rollback at 10 % are steps of one ladder.
  if (a.trigger && b.trigger) return false;
  if (compareBounds(a.rule.bound, b.rule.bound) !== 'different') return false;
  if (a.compares && b.compares) return direction(a.rule) !== '' && direction(a.rule) === direction(b.rule);
  if (!a.compares && !b.compares) return isSetting(a, b) || isSetting(b, a);
  const [figure, demand] = a.compares ? [b, a] : [a, b];
  return !demand.trigger && breaks(figure.rule, demand.rule);
}

const direction = ({ comparator }: Rule) => comparator.charAt(0).replace('=', '');

/**
 * A figure in an item's words and the same figure in its configuration, or twice in words of what is called a limit.
 * Other figures in prose may be two results.
 */
function isSetting(said: Threshold, configured: Threshold): boolean {
  if (said.from !== 'item') return false;
  return configured.from === 'code' || (configured.from === 'item' && namesLimit.test(said.rule.quantity));
}

const namesLimit = /\b(?:limit|cap|threshold|minimum|maximum|min|max)\b/;

/** Whether a figure lies beyond a demand. Right at the bound it does not: a limit of 35 % serves `< 35 %`. */
function breaks({ bound: figure }: Rule, { bound, comparator }: Rule): boolean {
  const difference =
    'version' in figure || 'version' in bound
      ? 'version' in figure && 'version' in bound
        ? compareVersions(figure.version, bound.version)
        : 0
      : share(figure) - share(bound);
  if (comparator.startsWith('<')) return difference > 0;
  if (comparator.startsWith('>')) return difference < 0;
  return difference !== 0;
}

const share = ({ value, unit }: { value: number; unit: string }) => (unit === '%' ? value / 100 : value);

function twoNames(endpoints: readonly Endpoint[]): Finding[] {
  const groups = Map.groupBy(endpoints, ({ path }) => path.toLowerCase().replace(/[-_]?check$|z$/, ''));
  return [...groups.entries()].flatMap(([stem, group]) => {
    const [first] = group;
    const others = group.filter(({ path }) => path !== first?.path);
    const other = others[0];
    // Who writes both into one line knows that there are two.
    const isKnown = others.some(({ line }) =>
      group.some((one) => one.line === line && one.path === first?.path),
    );
    if (!first || !other || isKnown || stem.length < 2) return [];
    return {
      code: 'contradiction' as const,
      line: first.line,
      column: first.column,
      message: `The ${stem.slice(1)} endpoint is "${first.path}" here, but "${other.path}" in line ${other.line}. Only one is served: make them equal.`,
      also: others.map(({ line, column, path }) => ({ line, column, text: path })),
      item: first.item,
    };
  });
}
