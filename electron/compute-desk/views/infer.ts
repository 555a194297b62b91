import type { InferView } from '../../../shared/contract/compute/index.ts';
import { type InferAnswer, ranking } from '../../compute/index.ts';
import { histogramOf } from './figures.ts';

/** Codes that are named of each date. */
const named = 35;

export function inferView(answer: InferAnswer): InferView {
  const { model, provider, nodes, runtime, window, ranked, dates, golden, bench, digest } = answer;
  return {
    kind: 'infer',
    model: { name: model.name, sha256: model.sha256 },
    ...{ provider, runtime, ranked, digest },
    nodes: Object.entries(nodes).map(([name, count]) => ({ provider: name, nodes: count })),
    window: { lookback: window.lookback, features: window.features.length, bytes: window.bytes },
    dates: dates.map(({ date, codes, scores, left }) => {
      const values = scores[ranked] as Float32Array;
      return {
        date,
        codes: codes.length,
        ...{ short: left.short, missing: left.missing },
        first: ranking(values, codes)
          .slice(0, named)
          .flatMap((place) => {
            const score = values[place] as number;
            return Number.isFinite(score) ? [{ code: codes[place] as string, score }] : [];
          }),
        distribution: histogramOf(values),
      };
    }),
    golden: golden && {
      verdict: golden.verdict,
      ok: golden.sameModel && golden.verdict !== 'different',
      sentence: golden.sameModel
        ? golden.sentence
        : `${golden.sentence} It was recorded with another model than this one.`,
    },
    bench: bench && {
      batch: bench.batch,
      cold: bench.cold,
      warm: {
        samples: bench.warm.samples,
        meanMs: bench.warm.meanMs,
        ...bench.warm.percentilesMs,
        codesPerSecond: bench.warm.codesPerSecond,
        steady: bench.warm.steady,
        histogram: null,
      },
      memoryBytes: bench.memoryBytes,
      concurrency: [],
    },
    labels: null,
  };
}

export function inferOutcome({ dates, golden, bench }: InferView): string {
  const scored = `${dates.length} date${dates.length === 1 ? '' : 's'} scored`;
  const compared = golden ? `, ${golden.verdict}` : '';
  const p95 = bench?.warm.p95;
  return `${scored}${compared}${typeof p95 === 'number' ? `, p95 ${p95.toFixed(1)} ms` : ''}`;
}
