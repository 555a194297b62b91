import type { InferView } from '../../../shared/contract/compute/index.ts';

type Latency = NonNullable<InferView['bench']>['warm'];

/** With fewer samples a percentile cannot be told at 99 % confidence with none above it. */
export const samplesNeeded = { p50: 7, p90: 44, p95: 90, p99: 459 } as const;

export type Percentile = keyof typeof samplesNeeded;
export const percentiles = Object.keys(samplesNeeded) as Percentile[];

export const milliseconds = (ms: number) => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;

/** `31.4 ms`, or why not: `not resolvable, n = 212 of 459`. */
export function percentileWords(latency: Latency, name: Percentile): string {
  const value = latency[name];
  return value === null
    ? `not resolvable, n = ${latency.samples} of ${samplesNeeded[name]}`
    : milliseconds(value);
}

export function steadyWords(steady: Latency['steady']): string {
  if (steady === null) return 'too few runs to say';
  return steady
    ? 'the last three windows agree within 10 %'
    : 'not steady: the last windows differ by over 10 %';
}

export function latencyGist(latency: Latency): string {
  const known = percentiles.filter((name) => latency[name] !== null);
  const rest = percentiles.filter((name) => latency[name] === null);
  return [
    `${latency.samples.toLocaleString('en')} warm runs: ${known.map((name) => `${name} ${percentileWords(latency, name)}`).join(', ')}.`,
    ...rest.map(
      (name) => `${name} takes ${(samplesNeeded[name] - latency.samples).toLocaleString('en')} more runs.`,
    ),
  ].join(' ');
}
