import { basename } from 'node:path';
import { type KeyIndex, type Scores, WindowReader, type WindowShape } from '../../inference/index.ts';
import type { JobInputs, Work } from '../../jobs.ts';
import { findTableFiles, type Table } from '../../tables/index.ts';
import { allDates, noWindows, openKeys, withTable } from '../infer/data.ts';
import { distributionOf, type RankedDate } from '../infer/distribution.ts';
import {
  fitModel,
  modelAnswer,
  type OpenModel,
  openModel,
  platform,
  rankedScore,
  scoreDate,
  verifiedNodes,
} from '../infer/model.ts';
import { readFeatureList } from '../profile/features.ts';
import { digestOf, writtenAll } from '../written.ts';
import type { ShadowAnswer, ShadowModel, ShadowQuestion } from './answer.ts';
import { compareDate, disagreementsOf, shadowFigures } from './figures.ts';

export async function shadowInputs(question: ShadowQuestion): Promise<JobInputs> {
  const { champion, challenger, data, features, ...settings } = question;
  const { files } = await findTableFiles(data);
  return {
    files: [champion, challenger, ...files, ...(features === null ? [] : [features])],
    settings: {
      ...settings,
      models: [basename(champion), basename(challenger)],
      names: files.map((file) => basename(file)),
      given: { features: features !== null },
      platform: platform(),
    },
  };
}

/** Scores the same data with two models, and says where they differ. @throws InferenceError, DataError */
export async function answerShadow(question: ShadowQuestion, work: Work): Promise<ShadowAnswer> {
  const opened: OpenModel[] = [];
  try {
    for (const file of [question.champion, question.challenger]) {
      opened.push(await openModel(file, question.provider));
    }
    return await withTable(question, work, (table) => answerFrom(table, opened, question, work));
  } finally {
    for (const { session } of opened) await session.release();
  }
}

async function answerFrom(
  table: Table,
  models: readonly OpenModel[],
  question: ShadowQuestion,
  work: Work,
): Promise<ShadowAnswer> {
  const { data, top } = question;
  const listed = question.features === null ? null : (await readFeatureList(question.features)).names;
  const dates = (await allDates(table, data)).slice(-question.dates);
  const keys = await openKeys(table, data);
  const runs: ModelRun[] = [];
  // One model after the other, so that there is one window at a time.
  for (const [i, model] of models.entries()) {
    const shape = fitModel(model, table, { data, listed, lookback: question.lookback });
    runs.push(
      await runOver(table, keys, model, shape, dates, question, {
        ...work,
        progress: (phase, share) =>
          work.progress(`${basename(model.file)}: ${phase}`, 0.2 + 0.8 * ((i + share) / models.length)),
      }),
    );
  }
  const [champion, challenger] = runs as [ModelRun, ModelRun];
  const shared = champion.dates.map((date, i) => compareDate(date, challenger.dates[i] as RankedDate, top));
  const days = shared.map(({ day }) => day);
  const figures = writtenAll(shadowFigures(days, top));
  const told = (i: 0 | 1): ShadowModel => {
    const { model, nodes, shape, ranked, dates: scored } = [champion, challenger][i] as ModelRun;
    return {
      model: modelAnswer(model, work.digests[i] as string),
      nodes,
      lookback: shape.lookback,
      features: shape.features.length,
      ranked,
      distribution: distributionOf(scored),
    };
  };
  return {
    champion: told(0),
    challenger: told(1),
    provider: champion.model.session.provider,
    runtime: champion.model.session.runtime,
    platform: platform(),
    k: top,
    days,
    figures,
    disagreements: disagreementsOf(shared, top),
    sentence: sentenceOf(figures, days.length, top),
    digest: digestOf('shadow', work.digests, (await shadowInputs(question)).settings),
  };
}

interface ModelRun {
  model: OpenModel;
  shape: WindowShape;
  nodes: Record<string, number>;
  ranked: string;
  dates: RankedDate[];
}

async function runOver(
  table: Table,
  keys: KeyIndex,
  model: OpenModel,
  shape: WindowShape,
  days: readonly string[],
  { data, batch, score }: ShadowQuestion,
  work: Work,
): Promise<ModelRun> {
  const reader = new WindowReader(table.duck, keys, shape.lookback, shape.features);
  const dates: RankedDate[] = [];
  let nodes: Record<string, number> = {};
  let ranked = '';
  for (const [i, date] of days.entries()) {
    work.progress(`scoring ${date}`, i / days.length);
    const windows = await reader.read(date);
    if (windows.codes.length === 0) throw noWindows(data, windows, shape);
    if (i === 0) nodes = await verifiedNodes(model.session, shape, windows, work.scratch);
    const scores: Scores = await scoreDate(model, shape, windows, batch);
    if (i === 0) ranked = rankedScore(score, scores);
    dates.push({ date, codes: windows.codes, scores: scores[ranked] as Float32Array });
  }
  return { model, shape, nodes, ranked, dates };
}

function sentenceOf(
  { rankCorrelation, overlapAtK }: ShadowAnswer['figures'],
  days: number,
  k: number,
): string {
  const over = `over ${days} ${days === 1 ? 'day' : 'days'}`;
  const shared = `${((overlapAtK.value ?? 0) * 100).toFixed(1)} % of the first ${k} are the same`;
  return rankCorrelation.value === null
    ? `${shared} ${over}.`
    : `Ranks correlate by ${rankCorrelation.value.toFixed(3)} ${over}, and ${shared}.`;
}
