import { resolve } from 'node:path';
import type { Compute, ShadowAnswer, WrittenFigure } from '../compute/index.ts';
import { table } from './text.ts';

export interface ShadowOptions {
  champion: string;
  challenger: string;
  data: string;
  provider: string;
  date?: string;
  code?: string;
  features?: string;
  lookback?: number;
  dates: number;
  batch: number;
  score?: string;
  top: number;
}

/** So many codes are shown; `--json` has more. */
const mostShown = 10;

/** Compares two models over the same data. @throws InferenceError, DataError */
export function shadowOf(compute: Compute, options: ShadowOptions): Promise<ShadowAnswer> {
  const { champion, challenger, data, provider, date, code, features, lookback, dates, batch, score, top } =
    options;
  return compute.shadow({
    champion: resolve(champion),
    challenger: resolve(challenger),
    data: resolve(data),
    keys: { date, code },
    provider,
    features: features === undefined ? null : resolve(features),
    lookback: lookback ?? null,
    dates,
    batch,
    score: score ?? null,
    top,
  });
}

export function shadowText(answer: ShadowAnswer): string {
  const { champion, challenger, k, days, figures, disagreements, sentence } = answer;
  const interval = ({ interval }: WrittenFigure) =>
    interval ? `[${interval.map((end) => end.toFixed(3)).join(', ')}]` : 'not known';
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    `champion ${champion.model.name} by ${champion.ranked}, SHA-256 ${champion.model.sha256}`,
    `challenger ${challenger.model.name} by ${challenger.ranked}, SHA-256 ${challenger.model.sha256}`,
    sentence,
    `95 %: rank correlation ${interval(figures.rankCorrelation)}, overlap ${interval(figures.overlapAtK)}`,
    '',
    table([
      ['date', 'codes', 'rank correlation', `overlap at ${k}`, 'enter', 'leave'],
      ...days.map((day) => [
        day.date,
        String(day.codes),
        day.rankCorrelation?.toFixed(3) ?? 'not known',
        share(day.overlapAtK),
        day.enter.slice(0, 3).join(' ') + (day.enter.length > 3 ? ' …' : ''),
        day.leave.slice(0, 3).join(' ') + (day.leave.length > 3 ? ' …' : ''),
      ]),
    ]),
    '',
    table([
      ['code', 'mean move', 'shift', 'only champion', 'only challenger'],
      ...disagreements
        .slice(0, mostShown)
        .map(({ code, meanMove, meanShift, onlyChampion, onlyChallenger }) => [
          code,
          share(meanMove),
          share(meanShift),
          String(onlyChampion),
          String(onlyChallenger),
        ]),
    ]),
  ].join('\n');
}
