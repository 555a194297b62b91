import { correlation, type Numbers } from './moments.ts';

/** Ranks from 1; equal values share the mean of their ranks, so that the order of rows cannot matter. */
export function ranks(values: Numbers): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end += 1;
    for (let j = i; j < end; j += 1) result[order[j] as number] = (i + 1 + end) / 2;
    i = end;
  }
  return result;
}

/** Spearman's correlation with ties. Pairs with a missing value are left out. */
export function rankCorrelation(a: Numbers, b: Numbers): number {
  const pairs = both(a, b);
  return correlation(ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y)));
}

function both(a: Numbers, b: Numbers): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const pair: [number, number] = [a[i] as number, b[i] as number];
    if (!pair.some(Number.isNaN)) pairs.push(pair);
  }
  return pairs;
}

/** What the scores of one date said of what came after it. NaN where too few have both. */
export interface RankingQuality {
  /** Share of the best K with a positive label, and of all scored: the first says nothing without the second. */
  precisionAtK: number;
  baseRate: number;
  informationCoefficient: number;
  rankInformationCoefficient: number;
  /** Discounted gain of the K best by score over that of the K best by label; gains are labels above the lowest. */
  ndcg: number;
  /** Mean label of the best K less that of the worst K. */
  topBottomSpread: number;
  /** Share of the best K by score among the best K by label. */
  overlap: number;
  scored: number;
}

export function rankingQuality(scores: Numbers, labels: Numbers, k: number): RankingQuality {
  const pairs = both(scores, labels);
  const n = pairs.length;
  const byScore = pairs.toSorted((a, b) => b[0] - a[0]).map(([, label]) => label);
  const size = Math.min(k, n);
  const positive = (values: readonly number[]) => values.filter((value) => value > 0).length / values.length;
  const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const byLabel = byScore.toSorted((a, b) => b - a);
  const lowest = byLabel.at(-1) ?? 0;
  const gain = (values: readonly number[]) =>
    values.slice(0, size).reduce((total, label, i) => total + (label - lowest) / Math.log2(i + 2), 0);
  const bestLabels = new Set(topOf(pairs, 1, size));
  return {
    precisionAtK: positive(byScore.slice(0, size)),
    baseRate: positive(byScore),
    informationCoefficient: correlation(
      pairs.map(([score]) => score),
      pairs.map(([, label]) => label),
    ),
    rankInformationCoefficient: rankCorrelation(scores, labels),
    ndcg: gain(byScore) / gain(byLabel),
    topBottomSpread: average(byScore.slice(0, size)) - average(byScore.slice(n - size)),
    overlap: topOf(pairs, 0, size).filter((index) => bestLabels.has(index)).length / size,
    scored: n,
  };
}

function topOf(pairs: readonly [number, number][], by: 0 | 1, size: number): number[] {
  return Array.from(pairs.keys())
    .sort((a, b) => (pairs[b]?.[by] as number) - (pairs[a]?.[by] as number))
    .slice(0, size);
}
