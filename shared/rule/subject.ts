import { isPreposition, type Quantity, readQuantity } from './quantity.ts';

export interface Subject extends Quantity {
  /** The words stand right before the figure, not before a bracket, a colon or another figure. */
  near: boolean;
  /** The words are those of the figure before it. */
  inherited: boolean;
  /** Where the words right before the figure begin; the figure itself where there are none. */
  start: number;
}

const boundary = /[,;:()[\]{}|\n•·→]|\s[-–—]\s|[.!?]\s/gu;
/** A subject is looked for this far before a figure, so that a long paragraph of figures costs no square of its length. */
const reach = 400;
const joint = /^.*\b(?:and|or|but)\b\s*/isu;

/**
 * The words before a figure that name its quantity. Where the nearest ones name none, or only a percentile, it looks
 * further out: before the bracket, before the colon, and back to what the figure before it was of.
 */
export function subjectBefore(
  text: string,
  at: number,
  previous: { end: number; base: Quantity } | undefined,
): Subject {
  let percentile = '';
  let wordsStart = at;
  for (let end = at, near = true; end > 0 && end > at - reach; near = false) {
    const edge = lastBoundary(text, end);
    const joins = previous !== undefined && previous.end > edge.after;
    let from = joins ? previous.end : edge.after;
    if (joins) from += joint.exec(text.slice(from, end))?.[0].length ?? 0;
    const words = text.slice(from, end);
    const quantity = readQuantity(words);
    percentile ||= quantity.percentile;
    if (near && words.trim()) wordsStart = from + words.length - words.trimStart().length;
    if (quantity.words.length > 0)
      return { words: quantity.words, percentile, near, inherited: false, start: wordsStart };
    if (joins)
      return { words: previous.base.words, percentile, near: false, inherited: true, start: wordsStart };
    end = edge.before;
  }
  return { words: [], percentile, near: false, inherited: false, start: wordsStart };
}

function lastBoundary(text: string, end: number): { before: number; after: number } {
  const from = Math.max(0, end - reach);
  let last = { before: from, after: from };
  for (const match of text.slice(from, end).matchAll(boundary)) {
    last = { before: from + match.index, after: from + match.index + match[0].length };
  }
  return last;
}

export interface Remark {
  /** The words right after a figure, up to the next bracket, comma, figure or preposition. */
  text: string;
  quantity: Quantity;
  end: number;
  /** Nothing but such words stands between the figure and the end of its bracket, line or part. */
  closes: boolean;
}

const remarkEnds = /[,;:()[\]{}|\n•·→<>=≤≥]|\s[-–—]\s|[.!?](?:\s|$)|\b(?:and|or|but)\b/iu;

export function remarkAfter(text: string, from: number): Remark {
  const rest = text.slice(from, from + reach);
  const stop = rest.search(remarkEnds);
  const clause = stop < 0 ? rest : rest.slice(0, stop);
  const words = [...clause.matchAll(/\S+/g)];
  const stops = words.findIndex(([word]) => isPreposition(word) || /^\W*\d/.test(word));
  const kept = stops < 0 ? words : words.slice(0, stops);
  const last = kept.at(-1);
  const remark = kept.map(([word]) => word).join(' ');
  return {
    text: remark,
    quantity: readQuantity(remark),
    end: last ? from + last.index + last[0].length : from,
    closes: !/\d/.test(clause) && /^[)\n]?$/.test(stop < 0 ? '' : rest.charAt(stop)),
  };
}
