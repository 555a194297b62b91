import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Compute,
  csvOf,
  goldenSample,
  type InferAnswer,
  type InferQuestion,
  ranking,
} from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { table } from './text.ts';

export interface InferOptions {
  model: string;
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
  golden?: string;
  bench?: boolean;
}

/** Scores data with a model. @throws InferenceError, DataError */
export function inferOf(compute: Compute, options: InferOptions): Promise<InferAnswer> {
  const { model, data, provider, date, code, features, lookback, dates, batch, score, top, golden } = options;
  const path = (file: string | undefined) => (file === undefined ? null : resolve(file));
  const question: InferQuestion = {
    model: resolve(model),
    data: resolve(data),
    keys: { date, code },
    provider,
    features: path(features),
    lookback: lookback ?? null,
    dates,
    batch,
    score: score ?? null,
    top,
    golden: path(golden),
    bench: options.bench ?? false,
  };
  return compute.infer(question);
}

/** The stable shape of `infer --json`: the first `top` codes of each date; `--out` has all. */
export function inferReport({ dates, ...answer }: InferAnswer, top: number) {
  return {
    ...answer,
    dates: dates.map((one) => ({
      date: one.date,
      input: one.input,
      codes: one.codes.length,
      left: one.left,
      first: rankedRows(one, answer.ranked).slice(0, top),
    })),
  };
}

function rankedRows({ codes, scores }: InferAnswer['dates'][number], ranked: string) {
  return ranking(scores[ranked] as Float32Array, codes).map((place, i) => ({
    rank: i + 1,
    code: codes[place] as string,
    scores: Object.fromEntries(
      Object.entries(scores).map(([name, values]) => {
        const value = values[place] as number;
        return [name, Number.isFinite(value) ? value : null];
      }),
    ),
  }));
}

/** Writes every score, best first: `Date,Rank,Code,Score,Horizon`. */
export function writeScores(file: string, { dates, ranked }: InferAnswer): void {
  const rows = dates.flatMap((one) =>
    rankedRows(one, ranked).map(({ rank, code, scores }) => ({
      Date: one.date,
      Rank: rank,
      Code: code,
      Score: scores[ranked] ?? '',
      Horizon: ranked,
    })),
  );
  writeFileSync(file, csvOf(rows));
}

export function writeGolden(file: string, answer: InferAnswer): void {
  writeFileSync(file, `${JSON.stringify(goldenSample(answer), null, 2)}\n`);
}

export function inferText(answer: InferAnswer, top: number): string {
  const { model, provider, nodes, runtime, window, ranked, dates, golden, bench } = answer;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toPrecision(3)} MB`;
  const opsets = Object.entries(model.opsets).map(([name, version]) => `${name} ${version}`);
  const last = dates.at(-1);
  return [
    `${model.name}: ${megabytes(model.bytes)}, opset ${opsets.join(', ')}, by ${model.producer.name || 'an unnamed producer'}`,
    `SHA-256 ${model.sha256}`,
    `ran on ${provider} (${Object.entries(nodes)
      .map(([name, count]) => `${count} nodes on ${name}`)
      .join(', ')}), onnxruntime ${runtime}`,
    `windows of ${window.lookback} rows × ${window.features.length} features, ${megabytes(window.bytes)} at a time`,
    ...(bench ? benchText(bench) : []),
    ...(golden
      ? [`${golden.verdict}: ${golden.sentence}${golden.sameModel ? '' : ' The model is another one.'}`]
      : []),
    ...(last
      ? [
          '',
          `${last.date}, ${last.codes.length} codes by ${ranked}${leftText(last.left)}`,
          table(
            rankedRows(last, ranked)
              .slice(0, top)
              .map(({ rank, code, scores }) => [String(rank), code, String(scores[ranked])]),
          ),
        ]
      : []),
  ].join('\n');
}

function leftText({ short, missing }: InferAnswer['dates'][number]['left']): string {
  const parts = [
    ...(short > 0 ? [`${short} with too few rows`] : []),
    ...(missing > 0 ? [`${missing} with missing values`] : []),
  ];
  return parts.length > 0 ? `; left out: ${parts.join(', ')}` : '';
}

function benchText({ batch, cold, warm, memoryBytes }: NonNullable<InferAnswer['bench']>): string[] {
  const ms = (value: number) => `${value.toPrecision(3)} ms`;
  const percentiles = Object.entries(warm.percentilesMs).map(
    ([name, value]) => `${name} ${value === null ? `not resolvable (n=${warm.samples})` : ms(value)}`,
  );
  const steady =
    warm.steady === null ? 'too few runs to say whether steady' : warm.steady ? 'steady' : 'not steady';
  return [
    `cold: opened in ${ms(cold.createMs)}, first run of ${batch} codes ${ms(cold.firstRunMs)}`,
    `warm: ${warm.samples} runs, mean ${ms(warm.meanMs)}, ${percentiles.join(', ')}, ${Math.round(warm.codesPerSecond)} codes/s, ${steady}; ${Math.round(memoryBytes / 1e6)} MB`,
  ];
}

/** Other scores than recorded are a no; scores of other inputs, or a membership that is open, tell nothing. */
export function inferExit({ golden }: InferAnswer): ExitCode {
  if (!golden) return exitCodes.asked;
  if (!golden.sameInputs) return exitCodes.unknown;
  if (golden.verdict === 'different') return exitCodes.no;
  return golden.membership === 'undetermined' ? exitCodes.unknown : exitCodes.asked;
}
