import type { Comparator } from '../contract/common.ts';
import { readUnit, type WrittenUnit } from './unit.ts';

/** A figure in a text that may be a bound, with what stands right at it. */
export interface Candidate {
  /** Where the comparator begins, or the figure where there is none. */
  start: number;
  end: number;
  comparator: Comparator | null;
  /** `every 2 hours`: the figure bounds an interval. */
  repeats: boolean;
  figure: string;
  negative: boolean;
  unit: WrittenUnit | null;
  /** Written so that it can only be a version: `v2`, `1.2.3`. */
  asVersion: boolean;
}

const comparators: Record<string, Comparator> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '≤': '<=',
  '≥': '>=',
  '⩽': '<=',
  '⩾': '>=',
  '=': '=',
  '==': '=',
  'at least': '>=',
  'no less than': '>=',
  'not less than': '>=',
  'at most': '<=',
  'no more than': '<=',
  'not more than': '<=',
  'not exceed': '<=',
  'not exceeding': '<=',
  'never exceeds': '<=',
  'up to': '<=',
  within: '<=',
  every: '<=',
  max: '<=',
  maximum: '<=',
  min: '>=',
  minimum: '>=',
  'less than': '<',
  'fewer than': '<',
  below: '<',
  under: '<',
  'more than': '>',
  'greater than': '>',
  above: '>',
  exceeds: '>',
  exceeding: '>',
};

const spelled = Object.keys(comparators)
  .filter((name) => /\w/.test(name))
  .sort((a, b) => b.length - a.length)
  .join('|');
/** No arrow and no operator of code: `->`, `=>`, `<<`. */
const sign = `(?<![-=<>|])(?:<=|>=|==|[<>=≤≥⩽⩾])(?![-=<>])`;
const figure = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)*(?:e[+-]?\d+)?|\.\d+`;
const pattern = new RegExp(
  String.raw`(?:(?<comparator>${sign}|(?<![\p{L}\p{N}_/-])(?:${spelled})(?: of)?(?: the)?(?: last| past| next)?(?=\s))\s*)?` +
    String.raw`(?<minus>[-−](?=[\d.]))?(?<prefix>v(?=\d))?(?<figure>${figure})`,
  'giu',
);

/** Part of a word, path, price, date or range, or said to be rough: not a bound by itself. */
const spoiltBefore = /[\p{L}\p{N}_.,/#@\\$€£¥~≈:+−-]$|[~≈]\s*$|\d\s*(?:[-–—]|to)\s*$/u;
const spoiltAfter = /^(?:[\p{L}\p{N}_]|\.\d|[-–—][\p{L}\p{N}]|[:/\\]|\s*(?:[-–—]|to)\s*[\d~≈]|\s*(?:→|->))/u;

export function findCandidates(text: string): Candidate[] {
  return [...text.matchAll(pattern)].flatMap((match) => read(text, match) ?? []);
}

function read(text: string, match: RegExpExecArray): Candidate | null {
  const { comparator = '', minus = '', prefix = '', figure = '' } = match.groups ?? {};
  const figureEnd = match.index + match[0].length;
  const figureStart = figureEnd - figure.length - prefix.length - minus.length;
  if (!comparator && spoiltBefore.test(text.slice(Math.max(0, figureStart - 8), figureStart))) return null;

  const unit = readUnit(text.slice(figureEnd, figureEnd + 60));
  const unitEnd = figureEnd + (unit?.length ?? 0);
  const suffix = comparator ? null : readSuffix(text.slice(unitEnd, unitEnd + 12));
  const end = unitEnd + (suffix?.length ?? 0);
  if (spoiltAfter.test(text.slice(end, end + 8))) return null;

  const word = comparator.toLowerCase().replace(/(?: of)?(?: the)?(?: last| past| next)?$/, '');
  return {
    start: comparator ? match.index : figureStart,
    end,
    comparator: comparators[word] ?? suffix?.comparator ?? null,
    repeats: word === 'every',
    figure,
    negative: minus !== '',
    unit,
    asVersion: prefix !== '' || figure.split('.').length > 2,
  };
}

const suffixes: [RegExp, Comparator][] = [
  [/^ ?\+(?![\d+])/, '>='],
  [/^ (?:or more|at least|min(?:imum)?)(?![\p{L}\p{N}])/iu, '>='],
  [/^ (?:or less|or fewer|at most|max(?:imum)?)(?![\p{L}\p{N}])/iu, '<='],
];

/** A comparator behind the figure: `500GB+`, `15 minutes max`. */
function readSuffix(text: string): { comparator: Comparator; length: number } | null {
  for (const [pattern, comparator] of suffixes) {
    const found = pattern.exec(text);
    if (found) return { comparator, length: found[0].length };
  }
  return null;
}
