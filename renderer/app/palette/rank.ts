/** Something the palette can find. */
export interface Candidate {
  id: string;
  title: string;
  /** Said beside it, and searched too: `Checklist`, `API server › Load testing`. */
  context: string;
}

/**
 * The candidates that hold every word searched for, best first: words at the start of a title, then at the start of a
 * word, then anywhere; the context counts least. Among equals the given order stays.
 */
export function rank<Found extends Candidate>(
  search: string,
  candidates: readonly Found[],
  most: number,
): Found[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return candidates.slice(0, most);
  const scored: { score: number; candidate: Found }[] = [];
  for (const candidate of candidates) {
    const score = scoreOf(words, candidate.title.toLowerCase(), candidate.context.toLowerCase());
    if (score > 0) scored.push({ score, candidate });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** 0 where a word is missing. */
function scoreOf(words: readonly string[], title: string, context: string): number {
  let total = 0;
  for (const word of words) {
    const at = title.indexOf(word);
    const startsWord = at > 0 && /[^\p{L}\p{N}]/u.test(title[at - 1] ?? '');
    if (at === 0) total += 8;
    else if (startsWord) total += 5;
    else if (at > 0) total += 3;
    else if (context.includes(word)) total += 1;
    else return 0;
  }
  return total;
}
