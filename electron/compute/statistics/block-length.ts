import { autocovariance, type Numbers } from './moments.ts';

/**
 * Mean block length of the stationary bootstrap that suits how long a series remembers: Politis and White (2004) with
 * the correction of Patton, Politis and White (2009). At least 1, at most min(3 √n, n / 3).
 */
export function automaticBlockLength(values: Numbers): number {
  const n = values.length;
  const longest = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)));
  const base = n > 0 ? autocovariance(values, 0) : 0;
  if (n < 8 || !(base > 0)) return 1;
  const run = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  const most = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const critical = 2 * Math.sqrt(Math.log10(n) / n);
  const covariances = Float64Array.from({ length: most + 1 }, (_, lag) => autocovariance(values, lag));
  const matters = (lag: number) => Math.abs((covariances[lag] ?? 0) / base) >= critical;
  let last = lastBeforeQuiet(most, run, matters);
  if (last === null) {
    last = most;
    while (last > 0 && !matters(last)) last -= 1;
  }
  const width = Math.min(2 * Math.max(last, 1), most);
  let [slope, long] = [0, base];
  for (let lag = 1; lag <= width; lag += 1) {
    const weight = Math.min(1, 2 * (1 - lag / width));
    slope += 2 * weight * lag * (covariances[lag] ?? 0);
    long += 2 * weight * (covariances[lag] ?? 0);
  }
  const length = ((2 * slope * slope) / (2 * long * long)) ** (1 / 3) * n ** (1 / 3);
  return Number.isFinite(length) ? Math.min(longest, Math.max(1, length)) : longest;
}

/** The lag after which `run` lags in a row do not matter; null where there is none. */
function lastBeforeQuiet(most: number, run: number, matters: (lag: number) => boolean): number | null {
  let quiet = 0;
  for (let lag = 1; lag <= most; lag += 1) {
    quiet = matters(lag) ? 0 : quiet + 1;
    if (quiet === run) return lag - run;
  }
  return null;
}
