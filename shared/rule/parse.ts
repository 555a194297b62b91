import type { Rule } from '../contract/common.ts';
import { findRules } from './find.ts';

/** Every threshold in a text of a document, in order: `Latency under load: p95 < 5s, p99 < 10s` gives two. */
export function parseRules(text: string): Rule[] {
  return findRules(text).map(({ rule }) => rule);
}

export type ParsedRule = { ok: true; rule: Rule } | { ok: false; message: string };

/** Reads the one rule of a pack file's `rule:`. The message says what is missing. */
export function parseRule(text: string): ParsedRule {
  const found = findRules(text);
  const [first, second] = found;
  if (!first) {
    return {
      ok: false,
      message: `"${text}" is not a rule. A rule is a quantity, a comparator, a number and a unit: latency p95 < 5 s.`,
    };
  }
  if (second) {
    return {
      ok: false,
      message: `"${text}" holds ${found.length} rules. Write each as its own entry of a list.`,
    };
  }
  return { ok: true, rule: { ...first.rule, text: text.trim() } };
}
