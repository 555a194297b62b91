import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { DataError } from '../../data/index.ts';
import {
  type Bench,
  compareGolden,
  type DateWindows,
  InferenceError,
  latenciesOf,
  openSession,
  readModelFacts,
  type Scores,
  type Session,
  sampleRuns,
  scoreWindows,
  WindowReader,
  type WindowShape,
  windowShape,
} from '../../inference/index.ts';
import type { JobInputs, Work } from '../../jobs.ts';
import { findTableFiles, openDuck, openTable, readingFailed, type Table } from '../../tables/index.ts';
import { readFeatureList } from '../profile/features.ts';
import { digestOf } from '../written.ts';
import type { DateAnswer, InferAnswer, InferQuestion } from './answer.ts';
import { type GoldenSample, readGolden, recordedScores } from './golden-file.ts';

/** Results depend on the machine, too: the last bits of a sum are the processor's. */
const platform = () => `${process.platform} ${process.arch} ${cpus()[0]?.model ?? ''}`.trim();
/** Long enough for steady figures, short enough to wait for. */
const benchLimits = { seconds: 5, most: 2_000 };

export async function inferInputs(question: InferQuestion): Promise<JobInputs> {
  const { model, data, features, golden, bench, ...settings } = question;
  const { files } = await findTableFiles(data);
  const lists = [features, golden].filter((file) => file !== null);
  return {
    files: [model, ...files, ...lists],
    settings: {
      ...settings,
      model: basename(model),
      names: files.map((file) => basename(file)),
      given: { features: features !== null, golden: golden !== null },
      platform: platform(),
    },
  };
}

/** Scores data with a model, on one provider. @throws InferenceError, DataError */
export async function answerInfer(question: InferQuestion, work: Work): Promise<InferAnswer> {
  const facts = readModelFacts(question.model);
  const recorded = question.golden === null ? null : await readGolden(question.golden);
  const session = await openSession(question.model, question.provider);
  const files = await findTableFiles(question.data);
  const duck = await openDuck(mkdtempSync(join(work.scratch, 'infer-')));
  try {
    const table = await openTable(duck, files, question.keys, (share) =>
      work.progress('opening the data', share * 0.2),
    );
    const shape = windowShape(session.inputs, facts, {
      file: question.model,
      listed: question.features === null ? null : (await readFeatureList(question.features)).names,
      lookback: question.lookback ?? recorded?.lookback ?? null,
      columns: table.columns.filter(({ type }) => type === 'number').map(({ name }) => name),
    });
    checkColumns(question.data, shape.features, table);
    await refuseDuplicates(question.data, table);
    const horizons = (facts.metadata.horizons ?? '').split(',').filter((name) => name !== '');
    const reader = new WindowReader(duck, shape.lookback, shape.features);
    const days = await datesOf(table, question, recorded);
    const run = (windows: DateWindows) =>
      scoreWindows(session, shape, windows.values, windows.codes.length, question.batch, horizons);
    const dates: DateAnswer[] = [];
    let nodes: Record<string, number> = {};
    let bench: Bench | null = null;
    for (const [i, date] of days.entries()) {
      work.progress(`scoring ${date}`, i === 0 ? 0.2 : 0.3 + (0.7 * i) / days.length);
      const windows = await reader.read(date);
      if (windows.codes.length === 0) throw noWindows(question.data, windows, shape);
      if (i === 0) {
        if (question.bench) {
          // Before anything else has run: only the first time is cold.
          bench = await benchOf(session, question.batch, shape, windows, (share) =>
            work.progress('measuring', 0.2 + 0.1 * share),
          );
        }
        nodes = await verified(session, shape, windows, work.scratch);
      }
      dates.push(dateAnswer(windows, await run(windows)));
    }
    const ranked = rankedScore(question.score ?? recorded?.score ?? null, dates[0]?.scores ?? {});
    const sha256 = work.digests[0] as string;
    return {
      model: {
        ...facts,
        name: basename(question.model),
        sha256,
        inputs: session.inputs,
        outputs: session.outputs,
      },
      provider: session.provider,
      nodes,
      runtime: session.runtime,
      platform: platform(),
      window: {
        lookback: shape.lookback,
        features: shape.features,
        featuresFrom: shape.featuresFrom,
        bytes: reader.bytes,
      },
      ranked,
      dates,
      golden: recorded && {
        ...compareGolden(
          recordedScores(recorded),
          dates.map(({ date, input, codes, scores }) => ({
            date,
            input,
            codes,
            scores: scores[ranked] as Float32Array,
          })),
          question.top,
        ),
        sameModel: recorded.model === sha256,
      },
      bench,
      digest: digestOf('infer', work.digests, (await inferInputs(question)).settings),
    };
  } catch (error) {
    if (error instanceof DataError || error instanceof InferenceError) throw error;
    throw readingFailed(files.files, error);
  } finally {
    duck.close();
    await session.release();
  }
}

function checkColumns(path: string, features: readonly string[], { columns }: Table): void {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const wrong = features.filter((name) => types.get(name) !== 'number');
  const [first] = wrong;
  if (first === undefined) return;
  const shown = wrong.slice(0, 5).join(', ');
  const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
  throw new DataError(
    'missing-column',
    `${path} lacks ${wrong.length} of the model's ${features.length} features as columns of numbers: ${shown}${more}. ${types.has(first) ? `"${first}" is there and holds ${types.get(first)}.` : 'Add or rename them.'}`,
  );
}

async function refuseDuplicates(path: string, { duck }: Table): Promise<void> {
  const [twice] = await duck.rows(
    `SELECT "#date"::VARCHAR AS date, "#code" AS code FROM panel GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1`,
  );
  if (!twice) return;
  throw new DataError(
    'bad-table',
    `${path} has ${twice.code} twice on ${twice.date}; a window takes one row per date. Keep one of them.`,
  );
}

async function datesOf(
  { duck }: Table,
  { data, dates }: InferQuestion,
  recorded: GoldenSample | null,
): Promise<string[]> {
  const rows = await duck.rows('SELECT DISTINCT "#date"::VARCHAR AS date FROM panel ORDER BY date');
  const all = rows.map(({ date }) => String(date));
  if (all.length === 0) throw new DataError('bad-table', `${data} has no rows. Give data with at least one.`);
  if (!recorded) return all.slice(-dates);
  const absent = recorded.dates.find(({ date }) => !all.includes(date));
  if (!absent) return recorded.dates.map(({ date }) => date);
  throw new InferenceError(
    'bad-golden',
    `The golden sample was recorded on ${absent.date}, and ${data} has no such date. Give the data it was recorded on.`,
  );
}

function noWindows(path: string, { date, left }: DateWindows, { lookback }: WindowShape): InferenceError {
  const { short, missing, example } = left;
  const hole = example
    ? ` ${missing} have a value that is missing, ${example.code} in column "${example.feature}" on ${example.date}.`
    : '';
  return new InferenceError(
    'no-windows',
    `${path}: on ${date} no code has a whole window of ${lookback} rows.${short > 0 ? ` ${short} have fewer rows.` : ''}${hole} Give more history, or fill what is missing.`,
  );
}

async function verified(
  session: Session,
  { lookback, features, fixedBatch, hasRows }: WindowShape,
  windows: DateWindows,
  scratch: string,
): Promise<Record<string, number>> {
  const size = lookback * features.length;
  const count = fixedBatch ?? 1;
  const part = new Float32Array(count * size);
  part.set(windows.values.subarray(0, Math.min(count, windows.codes.length) * size));
  return session.verify(
    part,
    hasRows ? [count, lookback, features.length] : [count, features.length],
    scratch,
  );
}

function dateAnswer({ date, codes, values, left }: DateWindows, scores: Scores): DateAnswer {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { date, codes, scores, left, input: createHash('sha256').update(bytes).digest('hex') };
}

function rankedScore(asked: string | null, scores: Scores): string {
  const names = Object.keys(scores);
  if (asked === null) return names[0] as string;
  if (names.includes(asked)) return asked;
  throw new InferenceError(
    'wrong-shape',
    `The model gives no score "${asked}". It gives ${names.join(', ')}.`,
  );
}

async function benchOf(
  session: Session,
  batch: number,
  shape: WindowShape,
  windows: DateWindows,
  progress: (share: number) => void,
): Promise<Bench> {
  const count = Math.min(shape.fixedBatch ?? batch, windows.codes.length);
  const part = windows.values.subarray(0, count * shape.lookback * shape.features.length);
  const run = () => scoreWindows(session, shape, part, count, batch, []);
  const now = () => performance.now();
  const begun = now();
  await run();
  const firstRunMs = now() - begun;
  const latencies = latenciesOf(await sampleRuns(run, { ...benchLimits, now }, progress));
  return {
    batch: count,
    cold: { createMs: session.createMs, firstRunMs },
    warm: { ...latencies, codesPerSecond: (1000 * count) / latencies.meanMs },
    memoryBytes: process.memoryUsage.rss(),
  };
}
