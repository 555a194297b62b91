import type { InferView } from '../../../shared/contract/compute/index.ts';
import { type InferAnswer, rankedRows } from '../../compute/index.ts';

/** Codes that are named of each date. */
const named = 35;

export function inferView(answer: InferAnswer): InferView {
  const {
    model,
    provider,
    nodes,
    runtime,
    window,
    ranked,
    dates,
    golden,
    bench,
    quality,
    distribution,
    digest,
  } = answer;
  return {
    kind: 'infer',
    model: { name: model.name, sha256: model.sha256 },
    ...{ provider, runtime, ranked, digest },
    nodes: Object.entries(nodes).map(([name, count]) => ({ provider: name, nodes: count })),
    window: {
      ...{ lookback: window.lookback, features: window.features.length, bytes: window.bytes },
      featuresFrom: window.featuresFrom,
    },
    dates: dates.map((date, i) => ({
      date: date.date,
      codes: date.codes.length,
      ...{ short: date.left.short, missing: date.left.missing },
      first: rankedRows(date, ranked)
        .slice(0, named)
        .flatMap(({ code, scores }) => {
          const score = scores[ranked];
          return typeof score === 'number' ? [{ code, score }] : [];
        }),
      // Between the same edges, so that dates can be told apart.
      distribution: {
        edges: distribution.histogram.edges,
        counts: distribution.dates[i]?.counts ?? [],
      },
    })),
    golden: golden && {
      verdict: golden.verdict,
      ok: golden.sameModel && golden.verdict !== 'different',
      sentence: golden.sameModel
        ? golden.sentence
        : `${golden.sentence} It was recorded with another model than this one.`,
    },
    bench: bench && benchView(bench),
    labels: quality && labelsView(quality),
  };
}

type Bench = NonNullable<InferAnswer['bench']>;

function benchView({ batch, cold, levels }: Bench): InferView['bench'] {
  const [one] = levels;
  if (!one) return null;
  return {
    ...{ batch, cold },
    warm: {
      ...{ samples: one.samples, meanMs: one.meanMs, codesPerSecond: one.codesPerSecond, steady: one.steady },
      ...one.percentilesMs,
      histogram: one.histogram,
    },
    memoryBytes: Math.max(...levels.map(({ memoryBytes }) => memoryBytes)),
    concurrency: levels.map(({ concurrency, codesPerSecond, percentilesMs }) => ({
      ...{ runs: concurrency, codesPerSecond },
      p50: percentilesMs.p50,
    })),
  };
}

type Quality = NonNullable<InferAnswer['quality']>;

function labelsView({ label, k, dates, calibration }: Quality): InferView['labels'] {
  const reliability = calibration?.equalWidth;
  return {
    name: label,
    precision: dates.flatMap(({ date, precisionAtK, baseRate }) =>
      precisionAtK === null || baseRate === null
        ? []
        : [{ date, k, precision: precisionAtK, base: baseRate }],
    ),
    calibration: reliability
      ? {
          ece: reliability.error,
          bins: reliability.bins.map(({ confidence, observed, interval, count }) => ({
            ...{ predicted: confidence, observed, count },
            low: interval[0],
            high: interval[1],
          })),
        }
      : null,
  };
}

export function inferOutcome({ dates, golden, bench }: InferView): string {
  const scored = `${dates.length} date${dates.length === 1 ? '' : 's'} scored`;
  const compared = golden ? `, ${golden.verdict}` : '';
  const p95 = bench?.warm.p95;
  return `${scored}${compared}${typeof p95 === 'number' ? `, p95 ${p95.toFixed(1)} ms` : ''}`;
}
