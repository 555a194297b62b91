import { readUnit } from './unit.ts';

/** The name of what is measured: its words in lower case and singular, without filler, the percentile last. */
export interface Quantity {
  words: string[];
  /** `p95`; empty where none is named. */
  percentile: string;
}

/** Words that name no quantity: what was done to it, how it should look, and the small words between. */
const filler = new Set(
  `a an the all any each every its our their this that these those is are be been was were has have had must should
  shall may can will not no and or but e.g i.e eg ie etc approx approximately about ca roughly only just still least
  always never ever target targets achieved acceptable accepted acceptably reasonable reasonably normal ok okay fine
  fast slow quick good stable healthy high low set configured defined verified validated checked tested confirmed
  ensured installed available present enabled implemented complete completed passed passing met reached created
  deployed provisioned established documented ready done old new current currently latest check checks ensure verify
  confirm keep keeps stay stays remain remains monitor track watch review requires require required needs need
  exceed exceeds exceeding spike spikes threshold thresholds policy value values level levels optional recommended
  alert alerts when if then number count percentage percent share amount expected actual configurable`.split(
    /\s+/,
  ),
);

/** What follows one of these says where or when, not what. */
const prepositions = new Set(
  `in on at for from to with without under over during within per by since until before after across between against
  versus vs through into onto via as of than below above`.split(/\s+/),
);

/** After these, `of` names the quantity: `number of replicas`. */
const counts = new Set([
  'number',
  'count',
  'percentage',
  'percent',
  'share',
  'amount',
  'rate',
  'maximum',
  'minimum',
]);

const shorter: Record<string, string> = {
  minimum: 'min',
  maximum: 'max',
  average: 'mean',
  avg: 'mean',
  utilisation: 'utilization',
  req: 'request',
  optimised: 'optimized',
  normalised: 'normalized',
};

const wordPattern =
  /\d+(?:st|nd|rd|th) percentile|[\p{L}\p{N}²³](?:[\p{L}\p{N}²³@/&.'’-]*[\p{L}\p{N}²³])?/giu;

/** Reads the quantity a few words name. Where they name nothing, `words` is empty. */
export function readQuantity(text: string): Quantity {
  const tokens = (text.replaceAll('_', ' ').match(wordPattern) ?? []).map((token) => token.toLowerCase());
  let percentile = '';
  const clauses: string[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    const clause = clauses.at(-1) ?? [];
    const word = singular(shorter[token] ?? token);
    const named = percentileOf(token);
    if (named) percentile = named;
    else if (token === 'of' && counts.has(tokens[index - 1] ?? '')) continue;
    else if (prepositions.has(token) || prepositions.has(word)) clauses.push([]);
    else if (filler.has(token) || filler.has(word)) continue;
    else if (!/^v?\d/.test(token)) clause.push(word);
    else if (isName(token, clause.at(-1), tokens[index + 1])) clause.push(`${clause.pop()}-${token}`);
  }
  return { words: clauses.find((clause) => clause.length > 0) ?? [], percentile };
}

/** A figure is part of a name in `phase 3 cost`, which becomes `phase-3 cost`, and none in `max 3` or `3 days`. */
function isName(figure: string, before: string | undefined, after: string | undefined): boolean {
  const named = before !== undefined && !['min', 'max'].includes(before) && !/\d$/.test(before);
  return named && /^v?\d{1,2}$/.test(figure) && readUnit(after ?? '') === null;
}

function percentileOf(token: string): string | null {
  if (/^p\d{1,2}(?:\.\d+)?$/.test(token)) return token;
  const spelled = /^(\d{1,2})(?:st|nd|rd|th) percentile$/.exec(token);
  return spelled ? `p${spelled[1]}` : null;
}

function singular(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is|series|'s|’s)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /\p{L}{2}s$/u.test(word) ? word.slice(0, -1) : word;
}

export function renderQuantity({ words, percentile }: Quantity): string {
  return [...words, ...(percentile ? [percentile] : [])].join(' ');
}

export function isPreposition(word: string): boolean {
  return prepositions.has(word.toLowerCase());
}

const measures = new Set(
  `rate ratio latency error throughput accuracy score drawdown loss usage utilization coverage availability uptime
  memory ram vram disk space storage cpu gpu bandwidth skew drift precision recall confidence failure`.split(
    /\s+/,
  ),
);

/** Whether the words name something that is measured, so that they may stand after the figure: `>5% error rate`. */
export function namesMeasure({ words }: Quantity): boolean {
  return words.some((word) => measures.has(word));
}

/** Words that say which bound is meant rather than what is bounded. */
const boundWords = new Set([
  'min',
  'max',
  'limit',
  'lower',
  'upper',
  'bound',
  'ratio',
  'score',
  'minimal',
  'maximal',
]);

/**
 * The same for two ways to name one quantity: `Minimum position size threshold` and `min_position_size`,
 * `API response time p95` and `api latency p95`.
 */
export function quantityKey(quantity: string): string {
  const { words, percentile } = readQuantity(quantity.replace(/response times?/gi, 'latency'));
  const telling = words.filter((word) => !boundWords.has(word));
  return [...(telling.length > 0 ? telling : words).toSorted(), percentile].filter(Boolean).join(' ');
}

export function sameQuantity(a: string, b: string): boolean {
  return quantityKey(a) === quantityKey(b);
}
