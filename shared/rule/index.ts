/**
 * The rule language: thresholds as such documents write them (`p95 < 5s`, `500GB+`, `Python 3.12+`), read, rendered
 * and held against what was measured.
 */
export { type Evaluation, evaluate } from './evaluate.ts';
export { type FoundRule, findRules } from './find.ts';
export { type ParsedRule, parseRule, parseRules } from './parse.ts';
export { quantityKey, sameQuantity } from './quantity.ts';
export { renderNumber, renderRule } from './render.ts';
export { type Bound, compareBounds } from './unit.ts';
export { compareVersions } from './version.ts';
