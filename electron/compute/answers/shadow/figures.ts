import { ranking } from '../../inference/index.ts';
import { mean, meanFigure, ours, rankCorrelation } from '../../statistics/index.ts';
import type { RankedDate } from '../infer/distribution.ts';
import type { Disagreement, ShadowDay } from './answer.ts';

/** So many are worth a look. */
const mostDisagreements = 100;

interface Place {
  code: string;
  /** From 1. */
  champion: number;
  challenger: number;
  /** Codes that both scored. */
  of: number;
}

/** The places that two models give to the codes that both scored on a date. */
export interface SharedDate {
  day: ShadowDay;
  places: Place[];
}

/** Pure: one date as two models see it. */
export function compareDate(champion: RankedDate, challenger: RankedDate, k: number): SharedDate {
  const theirs = new Map(challenger.codes.map((code, i) => [code, challenger.scores[i] as number]));
  const shared = champion.codes
    .map((code, i) => ({ code, ours: champion.scores[i] as number, theirs: theirs.get(code) }))
    .filter((one): one is { code: string; ours: number; theirs: number } => one.theirs !== undefined);
  const codes = shared.map(({ code }) => code);
  const [a, b] = [shared.map((one) => one.ours), shared.map((one) => one.theirs)];
  const [first, second] = [ranking(Float32Array.from(a), codes), ranking(Float32Array.from(b), codes)];
  const placeOf = new Int32Array(codes.length);
  for (const [place, at] of second.entries()) placeOf[at] = place + 1;
  const places = first.map((at, i): Place => {
    return {
      code: codes[at] as string,
      champion: i + 1,
      challenger: placeOf[at] as number,
      of: codes.length,
    };
  });
  const leave = places.filter((place) => place.champion <= k && place.challenger > k);
  const enter = places.filter((place) => place.champion > k && place.challenger <= k);
  const farthest = places.reduce<Place | null>(
    (most, place) => (most === null || move(place) > move(most) ? place : most),
    null,
  );
  const correlation = rankCorrelation(a, b);
  const size = Math.min(k, codes.length);
  return {
    places,
    day: {
      date: champion.date,
      codes: codes.length,
      onlyChampion: champion.codes.length - codes.length,
      onlyChallenger: challenger.codes.length - codes.length,
      rankCorrelation: Number.isFinite(correlation) ? correlation : null,
      overlapAtK: size > 0 ? (size - leave.length) / size : 0,
      enter: enter.toSorted((x, y) => x.challenger - y.challenger).map(({ code }) => code),
      leave: leave.map(({ code }) => code),
      largestMove: farthest && {
        code: farthest.code,
        champion: farthest.champion,
        challenger: farthest.challenger,
      },
    },
  };
}

const move = ({ champion, challenger }: Place) => Math.abs(champion - challenger);

/** Pure: the codes that two models see differently, the farthest apart first. */
export function disagreementsOf(dates: readonly SharedDate[], k: number): Disagreement[] {
  const byCode = new Map<string, Place[]>();
  for (const { places } of dates) {
    for (const place of places) {
      const known = byCode.get(place.code);
      if (known) known.push(place);
      else byCode.set(place.code, [place]);
    }
  }
  return [...byCode]
    .map(([code, places]): Disagreement => {
      const shifts = places.map(({ champion, challenger, of }) => (champion - challenger) / of);
      const inside = (place: number) => place <= k;
      return {
        code,
        days: places.length,
        meanMove: mean(shifts.map(Math.abs)),
        meanShift: mean(shifts),
        onlyChampion: places.filter((one) => inside(one.champion) && !inside(one.challenger)).length,
        onlyChallenger: places.filter((one) => !inside(one.champion) && inside(one.challenger)).length,
      };
    })
    .filter(({ meanMove }) => meanMove > 0)
    .sort((a, b) => b.meanMove - a.meanMove || (a.code < b.code ? -1 : 1))
    .slice(0, mostDisagreements);
}

/** Pure: means over days. */
export function shadowFigures(days: readonly ShadowDay[], k: number) {
  return {
    rankCorrelation: meanFigure(
      days.map((day) => day.rankCorrelation ?? Number.NaN),
      'ratio',
      ours.name,
      'Spearman, ties shared',
      'days',
    ),
    overlapAtK: meanFigure(
      days.map((day) => day.overlapAtK),
      'fraction',
      ours.name,
      `share of the champion's first ${k} that the challenger has, too`,
      'days',
    ),
  };
}
