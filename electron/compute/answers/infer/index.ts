import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  type Bench,
  benchModel,
  compareScores,
  type DateScores,
  type DateWindows,
  InferenceError,
  type Scores,
  WindowReader,
  type WindowShape,
} from '../../inference/index.ts';
import type { JobInputs, Work } from '../../jobs.ts';
import { findTableFiles, type Table } from '../../tables/index.ts';
import { readFeatureList } from '../profile/features.ts';
import { digestOf } from '../written.ts';
import type { DateAnswer, InferAnswer, InferQuestion } from './answer.ts';
import { allDates, checkLabel, labelsOn, noWindows, openKeys, withTable } from './data.ts';
import { distributionOf } from './distribution.ts';
import { type GoldenSample, readGolden, recordedScores } from './golden-file.ts';
import {
  fitModel,
  modelAnswer,
  type OpenModel,
  openModel,
  platform,
  rankedScore,
  scoreDate,
  verifiedNodes,
} from './model.ts';
import { type LabelledDate, qualityOf } from './quality.ts';
import { scoreDriftOf } from './score-drift.ts';

export async function inferInputs(question: InferQuestion): Promise<JobInputs> {
  const { model, data, features, golden, reference = null, bench, concurrency, ...settings } = question;
  const { files } = await findTableFiles(data);
  const lists = [features, golden, reference].filter((file) => file !== null);
  return {
    files: [model, ...files, ...lists],
    settings: {
      ...settings,
      model: basename(model),
      names: files.map((file) => basename(file)),
      given: { features: features !== null, golden: golden !== null, reference: reference !== null },
      platform: platform(),
    },
  };
}

/** Scores data with a model, on one provider. @throws InferenceError, DataError */
export async function answerInfer(question: InferQuestion, work: Work): Promise<InferAnswer> {
  const recorded = question.golden === null ? null : await readGolden(question.golden);
  const reference = question.reference ? await readGolden(question.reference) : null;
  const opened: OpenModel[] = [];
  try {
    opened.push(await openModel(question.model, question.provider));
    if (question.against) opened.push(await openModel(question.model, question.against));
    return await withTable(question, work, (table) =>
      answerFrom(table, opened, { recorded, reference }, question, work),
    );
  } finally {
    for (const { session } of opened) await session.release();
  }
}

interface Samples {
  recorded: GoldenSample | null;
  reference: GoldenSample | null;
}

async function answerFrom(
  table: Table,
  [model, other]: OpenModel[],
  { recorded, reference }: Samples,
  question: InferQuestion,
  work: Work,
): Promise<InferAnswer> {
  if (!model) throw new Error('A model is opened before its data.');
  const { data, batch, top, label } = question;
  const shape = fitModel(model, table, {
    data,
    listed: question.features === null ? null : (await readFeatureList(question.features)).names,
    lookback: question.lookback ?? recorded?.lookback ?? null,
  });
  if (label) checkLabel(data, label, shape.features, table);
  const keys = await openKeys(table, data);
  const reader = new WindowReader(table.duck, keys, shape.lookback, shape.features);
  const days = await datesOf(table, question, recorded);
  const dates: DateAnswer[] = [];
  const others: Scores[] = [];
  const labels: Float64Array[] = [];
  let nodes: Record<string, number> = {};
  let otherNodes: Record<string, number> = {};
  let bench: Bench | null = null;
  for (const [i, date] of days.entries()) {
    work.progress(`scoring ${date}`, i === 0 ? 0.2 : 0.3 + (0.7 * i) / days.length);
    const windows = await reader.read(date);
    if (windows.codes.length === 0) throw noWindows(data, windows, shape);
    if (i === 0) {
      // Before anything else has run: only the first time is cold.
      if (question.bench) bench = await benchOf(model, shape, windows, question, work);
      nodes = await verifiedNodes(model.session, shape, windows, work.scratch);
      if (other) otherNodes = await verifiedNodes(other.session, shape, windows, work.scratch);
    }
    dates.push(dateAnswer(windows, await scoreDate(model, shape, windows, batch)));
    if (other) others.push(await scoreDate(other, shape, windows, batch));
    if (label) {
      const known = await labelsOn(table, label, date);
      labels.push(Float64Array.from(windows.codes, (code) => known.get(code) ?? Number.NaN));
    }
  }
  const ranked = rankedScore(question.score ?? recorded?.score ?? null, dates[0]?.scores ?? {});
  const scored = dates.map(({ date, input, codes, scores }): DateScores => {
    return { date, input, codes, scores: scores[ranked] as Float32Array };
  });
  const distribution = distributionOf(scored);
  const sha256 = work.digests[0] as string;
  return {
    model: modelAnswer(model, sha256),
    provider: model.session.provider,
    nodes,
    runtime: model.session.runtime,
    platform: platform(),
    window: {
      lookback: shape.lookback,
      features: shape.features,
      featuresFrom: shape.featuresFrom,
      bytes: reader.bytes,
      batchBytes: 4 * (shape.fixedBatch ?? batch) * shape.lookback * shape.features.length,
      keyBytes: keys.bytes,
    },
    ranked,
    dates,
    golden: recorded && {
      ...compareScores(recordedScores(recorded), scored, top),
      sameModel: recorded.model === sha256,
    },
    against: other
      ? {
          provider: other.session.provider,
          nodes: otherNodes,
          ...compareScores(
            scored,
            scored.map((one, i) => ({ ...one, scores: others[i]?.[ranked] as Float32Array })),
            top,
          ),
        }
      : null,
    distribution,
    quality: label
      ? qualityOf(
          label,
          top,
          scored.map((one, i): LabelledDate => ({ ...one, labels: labels[i] as Float64Array })),
        )
      : null,
    drift: reference && scoreDriftOf(reference, scored, distribution, { model: sha256, ranked }),
    bench,
    digest: digestOf('infer', work.digests, (await inferInputs(question)).settings),
  };
}

async function datesOf(
  table: Table,
  { data, dates }: InferQuestion,
  recorded: GoldenSample | null,
): Promise<string[]> {
  const all = await allDates(table, data);
  if (!recorded) return all.slice(-dates);
  const absent = recorded.dates.find(({ date }) => !all.includes(date));
  if (!absent) return recorded.dates.map(({ date }) => date);
  throw new InferenceError(
    'bad-golden',
    `The golden sample was recorded on ${absent.date}, and ${data} has no such date. Give the data it was recorded on.`,
  );
}

function dateAnswer({ date, codes, values, left }: DateWindows, scores: Scores): DateAnswer {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { date, codes, scores, left, input: createHash('sha256').update(bytes).digest('hex') };
}

function benchOf(
  { file, session }: OpenModel,
  { lookback, features, fixedBatch, hasRows }: WindowShape,
  windows: DateWindows,
  { batch, concurrency = null }: InferQuestion,
  work: Work,
): Promise<Bench> {
  const count = fixedBatch ?? Math.min(batch, windows.codes.length);
  const size = lookback * features.length;
  const values = new Float32Array(count * size);
  values.set(windows.values.subarray(0, Math.min(count, windows.codes.length) * size));
  const shape = hasRows ? [count, lookback, features.length] : [count, features.length];
  return benchModel(file, session, { values, shape }, concurrency, (share) =>
    work.progress('measuring', 0.2 + 0.1 * share),
  );
}
