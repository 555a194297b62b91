import { correlation, labelEndProbe, labelTimingProbe, type ProbeFinding } from '../../statistics/index.ts';
import type { Panel } from '../panel.ts';

/** Lengths that labels are often of, in dates. */
const usualHorizons = [1, 5, 10, 20];
/** More cells than this are thinned out by dates: a correlation needs no more. */
const mostCells = 200_000;

/**
 * Whether the label is a return after its date or before it, and whether it is known where it cannot be. Without a
 * horizon, the one that fits the label best is taken, and named.
 */
export function labelTiming(panel: Panel & { label: Float64Array }, horizon: number | null): ProbeFinding[] {
  const { dates, codes, label } = panel;
  const horizons = (horizon === null ? usualHorizons : [horizon]).filter((one) => 2 * one + 1 < dates.length);
  const step = Math.max(1, Math.ceil((dates.length * codes.length) / mostCells));
  const fits = horizons.flatMap((length) =>
    // A label may start at the close of its date or, where fills come a day later, at that of the next.
    [0, 1].map((delay) => {
      const columns = returnsAround(panel, length, delay, step);
      const fit = Math.max(
        ...[columns.forward, columns.trailing].map(
          (other) => Math.abs(correlation(columns.label, other)) || 0,
        ),
      );
      return { length, fit, columns };
    }),
  );
  const best = fits.reduce<(typeof fits)[number] | null>(
    (most, one) => (most === null || one.fit > most.fit + 1e-9 ? one : most),
    null,
  );
  if (best === null) {
    return [
      { probe: 'label timing', verdict: 'unproven', sentence: 'The panel is too short for its labels.' },
    ];
  }
  const { forward, trailing } = best.columns;
  const timing = labelTimingProbe(best.columns.label, forward, trailing);
  const known = dates.map((_, date) => {
    const row = label.subarray(date * codes.length, (date + 1) * codes.length);
    return row.some((value) => !Number.isNaN(value));
  });
  return [
    { ...timing, sentence: `${timing.sentence} Measured over ${best.length} dates.` },
    // Of a horizon that was guessed and does not fit, nothing can be said about the end.
    ...(horizon !== null || best.fit > 0.5 ? [labelEndProbe(known, best.length)] : []),
  ];
}

function returnsAround(
  { dates, codes, close, label }: Panel & { label: Float64Array },
  length: number,
  delay: number,
  step: number,
) {
  const days = dates.length;
  const count = Math.ceil(days / step) * codes.length;
  const columns = {
    label: new Float64Array(count).fill(Number.NaN),
    forward: new Float64Array(count).fill(Number.NaN),
    trailing: new Float64Array(count).fill(Number.NaN),
  };
  let row = 0;
  for (let date = 0; date < days; date += step) {
    for (let code = 0; code < codes.length; code += 1, row += 1) {
      const price = (at: number) => (at < 0 || at >= days ? Number.NaN : (close[code * days + at] as number));
      columns.label[row] = label[date * codes.length + code] as number;
      columns.forward[row] = price(date + delay + length) / price(date + delay) - 1;
      columns.trailing[row] = price(date) / price(date - length) - 1;
    }
  }
  return columns;
}
