import { rankCorrelation } from '../statistics/index.ts';
import { ranking } from './scores.ts';

/** Scores of one date as they were, or are. */
export interface DateScores {
  date: string;
  /** SHA-256 of the windows they were computed from. */
  input: string;
  codes: readonly string[];
  scores: Float32Array;
}

/** Tolerances of `torch.onnx` verification and of PyTorch's tutorial. */
export const tolerance = { relative: 1e-3, absolute: 1e-5 } as const;

/** Of ranks that are the same but for neighbours. */
const leastCorrelation = 0.999;

export interface ScoreComparison {
  /** The strictest that holds; `different` where none does. */
  verdict: 'bit-equal' | 'close' | 'rank-equal' | 'different';
  /** Whether the scores were computed from the same windows; if not, a difference says nothing of the model. */
  sameInputs: boolean;
  dates: number;
  scores: number;
  largestDifference: number;
  largestRelativeDifference: number;
  /** The lowest over dates. */
  rankCorrelation: number;
  k: number;
  /** Names that both have among their first k: the lowest share over dates. */
  overlapAtK: number;
  /** Between the scores at places k and k + 1 as recorded: the smallest over dates; null where no date has more than k. */
  gapAtK: number | null;
  /** Of the first k: undetermined where the gap is no larger than the difference that scores have anyway. */
  membership: 'same' | 'different' | 'undetermined';
  sentence: string;
}

/** Pure: holds scores against others of the same dates and codes: recorded ones, or those of another provider. */
export function compareScores(
  recorded: readonly DateScores[],
  current: readonly DateScores[],
  k: number,
): ScoreComparison {
  const now = new Map(current.map((one) => [one.date, one]));
  const pairs = recorded.map((before) => ({ before, after: now.get(before.date) }));
  const sameCodes = pairs.every(({ before, after }) => after && same(before.codes, after.codes));
  const sameInputs = pairs.every(({ before, after }) => after?.input === before.input);
  const scores = recorded.reduce((sum, one) => sum + one.scores.length, 0);
  const base = { sameInputs, dates: recorded.length, scores, k };
  if (!sameCodes) {
    const odd = pairs.find(({ before, after }) => !after || !same(before.codes, after.codes));
    return {
      ...base,
      verdict: 'different',
      largestDifference: Number.POSITIVE_INFINITY,
      largestRelativeDifference: Number.POSITIVE_INFINITY,
      rankCorrelation: Number.NaN,
      overlapAtK: 0,
      gapAtK: null,
      membership: 'different',
      sentence: `On ${odd?.before.date} the data has other codes than when the sample was recorded. Compare on the same data.`,
    };
  }
  const dates = pairs.map(({ before, after }) => compareDate(before, after as DateScores, k));
  const most = (value: (one: DateComparison) => number) => Math.max(...dates.map(value));
  const least = (value: (one: DateComparison) => number) => Math.min(...dates.map(value));
  const gaps = dates.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const difference = most(({ largest }) => largest);
  const found = {
    ...base,
    largestDifference: difference,
    largestRelativeDifference: most(({ relative }) => relative),
    rankCorrelation: least(({ correlation }) => correlation),
    overlapAtK: least(({ overlap }) => overlap),
    gapAtK: gaps.length > 0 ? Math.min(...gaps) : null,
    membership: membershipOf(dates),
  };
  const verdict = dates.every(({ bits }) => bits)
    ? 'bit-equal'
    : dates.every(({ close }) => close)
      ? 'close'
      : found.membership === 'same' && found.rankCorrelation >= leastCorrelation
        ? 'rank-equal'
        : 'different';
  return { ...found, verdict, sentence: sentenceOf(verdict, found) };
}

interface DateComparison {
  bits: boolean;
  close: boolean;
  largest: number;
  relative: number;
  correlation: number;
  overlap: number;
  gap: number | null;
}

function compareDate(before: DateScores, after: DateScores, k: number): DateComparison {
  const [a, b] = [before.scores, after.scores];
  let [bits, close, largest, relative] = [true, true, 0, 0];
  for (const [i, was] of a.entries()) {
    const is = b[i] as number;
    if (Object.is(was, is)) continue;
    bits = false;
    const difference = Math.abs(is - was);
    // A number against none is as different as can be.
    if (!(difference <= tolerance.absolute + tolerance.relative * Math.abs(was))) close = false;
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    if (was !== 0) relative = Math.max(relative, difference / Math.abs(was));
  }
  const [places, placesNow] = [ranking(a, before.codes), ranking(b, after.codes)];
  const first = new Set(places.slice(0, k));
  const shared = placesNow.slice(0, k).filter((place) => first.has(place)).length;
  const [inside, outside] = [places[k - 1], places[k]];
  return {
    bits,
    close,
    largest,
    relative,
    correlation: a.length > 1 ? rankCorrelation(Array.from(a), Array.from(b)) : 1,
    overlap: shared / Math.max(1, first.size),
    gap:
      inside === undefined || outside === undefined ? null : (a[inside] as number) - (a[outside] as number),
  };
}

function membershipOf(dates: readonly DateComparison[]): ScoreComparison['membership'] {
  const changed = dates.filter(({ overlap }) => overlap < 1);
  const isClear = ({ gap, largest }: DateComparison) => gap === null || gap > largest;
  if (changed.some(isClear)) return 'different';
  const isOpen = dates.some((date) => !date.bits && !isClear(date));
  return changed.length > 0 || isOpen ? 'undetermined' : 'same';
}

function sentenceOf(
  verdict: ScoreComparison['verdict'],
  { sameInputs, largestDifference, membership, gapAtK, k }: Omit<ScoreComparison, 'verdict' | 'sentence'>,
): string {
  const about = sameInputs
    ? ''
    : ' The windows are other ones than when it was recorded: compare on the same data.';
  if (verdict === 'bit-equal') return `Every score is the same to the last bit.${about}`;
  const by = `differ by ${largestDifference.toPrecision(3)} at most`;
  const open =
    membership === 'undetermined'
      ? ` Who is among the first ${k} cannot be told: the gap there is ${gapAtK?.toPrecision(3)}.`
      : '';
  if (verdict === 'close') return `Scores ${by}, within tolerance.${open}${about}`;
  if (verdict === 'rank-equal')
    return `Scores ${by}, beyond tolerance; the first ${k} are the same, and the order nearly so.${about}`;
  return `Scores ${by}, and the ranking is another.${open}${about}`;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code, i) => code === b[i]);
}
