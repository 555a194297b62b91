import { deviation, mean, Random } from '../../electron/compute/statistics/index.ts';
import { sampleFeatures, sampleLogit, sampleLookback } from './sample-model.ts';
import { sampleCodes, tradingDays } from './sample-panel.ts';

const seed = 20_251_032;
const days = 40;
/** Of a return over five days that the sample ranker foresees: as little as good models do. */
const skill = 0.12;
const spread = 0.03;

/**
 * Features of the sample's codes, each a z-score across codes on its date, and the return over the five days that follow.
 * The last dates have one, too: the file ends where what followed is known.
 */
export function sampleFeatureRows(): string {
  const random = new Random(seed);
  const codes = sampleCodes();
  const state = sampleFeatures.map(() => codes.map(() => random.normal()));
  const dates = tradingDays('2024-06-20', days);
  const features = dates.map(() =>
    state.map((values) => {
      advance(values, 0.9, random);
      return standardised(values).map((value) => value.toFixed(4));
    }),
  );
  const labels = sampleLabels(features, new Random(seed + 1));
  const lines = dates.flatMap((date, day) =>
    codes.map((code, i) =>
      [date, code, ...(features[day] ?? []).map((column) => column[i]), labels[day]?.[i]].join(','),
    ),
  );
  return `date,code,${sampleFeatures.join(',')},forward_return_5d\n${lines.join('\n')}\n`;
}

/** By day and code; days without a whole window before them have only noise in theirs. */
function sampleLabels(features: readonly string[][][], random: Random): string[][] {
  const logit = sampleLogit();
  const codes = sampleCodes();
  const noise = codes.map(() => random.normal());
  return features.map((_, day) => {
    // Four of the five days are the same on the day after.
    advance(noise, 0.8, random);
    const window = features.slice(Math.max(0, day + 1 - sampleLookback), day + 1);
    const isWhole = window.length === sampleLookback;
    const said = codes.map((_, i) =>
      isWhole ? logit(window.flatMap((columns) => columns.map((column) => Number(column[i])))) : 0,
    );
    const foreseen = isWhole ? standardised(said) : said;
    return noise.map((value, i) =>
      (spread * (skill * (foreseen[i] as number) + Math.sqrt(1 - skill ** 2) * value)).toFixed(5),
    );
  });
}

/** A step of values that keep so much of what they were. */
function advance(values: number[], kept: number, random: Random): void {
  for (const [i, value] of values.entries()) {
    values[i] = kept * value + Math.sqrt(1 - kept ** 2) * random.normal();
  }
}

function standardised(values: readonly number[]): number[] {
  const [centre, size] = [mean(values), deviation(values, 0)];
  return values.map((value) => (value - centre) / size);
}
