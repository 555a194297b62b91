import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Compute,
  csvOf,
  goldenSample,
  type InferAnswer,
  type InferQuestion,
  rankedRows,
  type WrittenFigure,
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
  reference?: string;
  against?: string;
  label?: string;
  bench?: boolean;
  concurrency?: number;
}

/** Scores data with a model. @throws InferenceError, DataError */
export function inferOf(compute: Compute, options: InferOptions): Promise<InferAnswer> {
  const { model, data, provider, against, date, code, features, lookback, dates, batch, score, top } =
    options;
  const path = (file: string | undefined) => (file === undefined ? null : resolve(file));
  const question: InferQuestion = {
    model: resolve(model),
    data: resolve(data),
    keys: { date, code },
    provider,
    against: against ?? null,
    features: path(features),
    lookback: lookback ?? null,
    dates,
    batch,
    score: score ?? null,
    top,
    golden: path(options.golden),
    reference: path(options.reference),
    label: options.label ?? null,
    bench: options.bench ?? false,
    concurrency: options.concurrency ?? null,
  };
  return compute.infer(question);
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
  const { model, provider, nodes, runtime, window, ranked, dates, golden, against, drift, quality, bench } =
    answer;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toPrecision(3)} MB`;
  const opsets = Object.entries(model.opsets).map(([name, version]) => `${name} ${version}`);
  const last = dates.at(-1);
  return [
    `${model.name}: ${megabytes(model.bytes)}, opset ${opsets.join(', ')}, by ${model.producer.name || 'an unnamed producer'}`,
    `SHA-256 ${model.sha256}`,
    `ran on ${provider} (${nodesText(nodes)}), onnxruntime ${runtime}`,
    `windows of ${window.lookback} rows × ${window.features.length} features, ${megabytes(window.bytes)} at a time`,
    ...(bench ? benchText(bench) : []),
    ...(golden
      ? [`${golden.verdict}: ${golden.sentence}${golden.sameModel ? '' : ' The model is another one.'}`]
      : []),
    ...(against
      ? [
          `${against.provider} against ${provider}: ${against.verdict}. ${against.sentence} ${nodesText(against.nodes)}`,
        ]
      : []),
    ...(drift ? [`${drift.drifted ? 'drifted' : 'no drift'}: ${drift.sentence}`] : []),
    ...(quality ? qualityText(quality) : []),
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

function nodesText(nodes: Record<string, number>): string {
  return Object.entries(nodes)
    .map(([name, count]) => `${count} nodes on ${name}`)
    .join(', ');
}

function qualityText({ label, k, figures, calibration }: NonNullable<InferAnswer['quality']>): string[] {
  const told = ({ value, interval }: WrittenFigure) =>
    `${value?.toFixed(4) ?? 'not known'}${interval ? ` [${interval.map((end) => end.toFixed(4)).join(', ')}]` : ''}`;
  return [
    `against ${label}, best ${k}:`,
    ...Object.entries(figures).map(([name, figure]) => `  ${name} ${told(figure)}`),
    ...(calibration
      ? [
          `  expected calibration error ${calibration.equalWidth.error.toFixed(4)} over equal widths, ${calibration.equalMass.error.toFixed(4)} over equal masses`,
        ]
      : []),
  ];
}

function benchText({ batch, cold, levels }: NonNullable<InferAnswer['bench']>): string[] {
  const ms = (value: number) => `${value.toPrecision(3)} ms`;
  return [
    `cold: opened in ${ms(cold.createMs)}, first run of ${batch} codes ${ms(cold.firstRunMs)}`,
    ...levels.map(({ concurrency, samples, meanMs, percentilesMs, codesPerSecond, steady, memoryBytes }) => {
      const percentiles = Object.entries(percentilesMs).map(
        ([name, value]) => `${name} ${value === null ? `not resolvable (n=${samples})` : ms(value)}`,
      );
      return `${concurrency} at once: ${samples} runs, mean ${ms(meanMs)}, ${percentiles.join(', ')}, ${Math.round(codesPerSecond)} codes/s, ${steady ? 'steady' : 'not steady'}; ${Math.round(memoryBytes / 1e6)} MB`;
    }),
  ];
}

/**
 * Other scores than recorded, or than another provider's, are a no, and so is drift; scores of other inputs, or a
 * membership that is open, tell nothing.
 */
export function inferExit({ golden, against, drift }: InferAnswer): ExitCode {
  const compared = [golden, against].filter((one) => one !== null);
  const told = compared.filter(({ sameInputs }) => sameInputs);
  if (told.some(({ verdict }) => verdict === 'different') || drift?.drifted) return exitCodes.no;
  const isOpen =
    told.length < compared.length || told.some(({ membership }) => membership === 'undetermined');
  return isOpen ? exitCodes.unknown : exitCodes.asked;
}
