import type { Rule } from '../contract/common.ts';
import { type Candidate, findCandidates } from './candidate.ts';
import { namesMeasure, type Quantity, readQuantity, renderQuantity } from './quantity.ts';
import { type Remark, remarkAfter, type Subject, subjectBefore } from './subject.ts';
import { toCanonical } from './unit.ts';
import { isProgram } from './version.ts';

/** A rule and where in the text it was read. */
export interface FoundRule {
  rule: Rule;
  start: number;
  end: number;
  /** False for a bare figure (`(35%)`, `89 features`), which says what is set rather than what must hold. */
  compares: boolean;
}

interface WithBase extends FoundRule {
  /** What a figure after it is of, where it does not say: `p95 < 5s, p99 < 10s`. */
  base: Quantity;
}

/** Every threshold in a text, in order. Total: any string gives a list, most often an empty one. */
export function findRules(text: string): FoundRule[] {
  const found: WithBase[] = [];
  for (const candidate of findCandidates(text)) {
    const last = found.at(-1);
    if (last && candidate.start < last.end) continue;
    const rule = complete(text, candidate, last);
    if (rule) found.push(rule);
  }
  return found;
}

function complete(text: string, one: Candidate, previous: WithBase | undefined): WithBase | null {
  const before = subjectBefore(text, one.start, previous);
  const after = remarkAfter(text, one.end);
  // A figure that only follows a rule is a result: `coverage ≥ 80% (92%)`.
  if (one.comparator === null && (before.inherited || !isBareFigure(text, one, after))) return null;

  const bound = readBound(one, before);
  if (bound === null) return null;
  const { base, usesRemark } = quantityOf(one, before, after.quantity, 'version' in bound);
  const percentile = before.percentile || after.quantity.percentile;
  const end = usesRemark || percentile !== before.percentile ? after.end : one.end;
  return {
    base: { words: base, percentile: '' },
    rule: {
      quantity: renderQuantity({ words: base, percentile }),
      comparator: one.comparator ?? '=',
      bound,
      text: text.slice(before.start, end).replace(/\s+/g, ' ').trim(),
    },
    start: before.start,
    end,
    compares: one.comparator !== null,
  };
}

/** A figure without comparator is a bound only where it stands by itself, or is said to be a rate. */
function isBareFigure(text: string, { figure, unit, start }: Candidate, after: Remark): boolean {
  if (unit?.canonical === '1/h') return true;
  if (unit === null && !/^\p{L}{3}/u.test(after.text)) return false;
  const isHttpStatus =
    /^[1-5]\d\d$/.test(figure) && /^(?:responses?|status|errors?|codes?)\b/i.test(after.text);
  const before = text.slice(Math.max(0, start - 10), start);
  return !isHttpStatus && after.closes && /(?:^|\(|:)\s*(?:e\.g\.,?\s*)?$/iu.test(before);
}

function readBound(one: Candidate, before: Subject): Rule['bound'] | null {
  if (one.repeats && one.unit?.canonical !== 's') return null;
  const named = namesVersion(before.words.at(-1));
  if (one.unit === null && (one.asVersion || named)) {
    if (one.negative || !/^\d+(?:\.\d+)*$/.test(one.figure)) return null;
    return one.comparator === null ? null : { version: one.figure };
  }
  const figure = Number(one.figure.replaceAll(',', '')) * (one.negative ? -1 : 1);
  // Adding 0 makes one zero of the two.
  const value = (one.unit ? toCanonical(figure, one.unit) : figure) + 0;
  return Number.isFinite(value) ? { value, unit: one.unit?.canonical ?? '' } : null;
}

function namesVersion(word: string | undefined): boolean {
  return word !== undefined && (word === 'version' || isProgram(word));
}

function quantityOf(
  one: Candidate,
  before: Subject,
  remark: Quantity,
  isVersion: boolean,
): { base: string[]; usesRemark: boolean } {
  // `3 python` is a count of nothing that could be told from a version when it is rendered.
  const after = { ...remark, words: remark.words.filter((word) => !namesVersion(word)) };
  const own = (base: string[]) => ({ base, usesRemark: false });
  if (one.repeats) return own([...before.words.filter((word) => word !== 'interval'), 'interval']);
  if (isVersion) return own(before.words.filter((word) => word !== 'version'));
  if (before.near && before.words.some((word) => word.length > 1)) return own(before.words);
  if (one.unit === null && after.words.length > 0) {
    return { base: before.near ? [...before.words, ...after.words] : after.words, usesRemark: true };
  }
  if (namesMeasure(after)) return { base: after.words, usesRemark: true };
  if (before.words.length > 0) return own(before.words);
  const counted = readQuantity(one.unit?.counted ?? '').words;
  return counted.length > 0 ? own(counted) : { base: after.words, usesRemark: true };
}
