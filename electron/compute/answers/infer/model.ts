import { cpus } from 'node:os';
import { basename } from 'node:path';
import {
  type DateWindows,
  InferenceError,
  type ModelFacts,
  openSession,
  readModelFacts,
  type Scores,
  type Session,
  scoreWindows,
  type WindowShape,
  windowShape,
} from '../../inference/index.ts';
import type { Table } from '../../tables/index.ts';
import type { ModelAnswer } from './answer.ts';
import { checkColumns } from './data.ts';

/** Results depend on the machine, too: the last bits of a sum are the processor's. */
export const platform = () => `${process.platform} ${process.arch} ${cpus()[0]?.model ?? ''}`.trim();

/** A model on a provider, before it is known whether it fits the data. */
export interface OpenModel {
  file: string;
  facts: ModelFacts;
  session: Session;
}

/** @throws InferenceError */
export async function openModel(file: string, provider: string): Promise<OpenModel> {
  const facts = readModelFacts(file);
  return { file, facts, session: await openSession(file, provider) };
}

/** Fits a model to a table. @throws InferenceError, DataError */
export function fitModel(
  { file, facts, session }: OpenModel,
  table: Table,
  { data, listed, lookback }: { data: string; listed: readonly string[] | null; lookback: number | null },
): WindowShape {
  const columns = table.columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  const shape = windowShape(session.inputs, facts, { file, listed, lookback, columns });
  checkColumns(data, shape.features, table);
  return shape;
}

export function scoreDate(
  { facts, session }: Pick<OpenModel, 'facts' | 'session'>,
  shape: WindowShape,
  windows: DateWindows,
  batch: number,
): Promise<Scores> {
  const horizons = (facts.metadata.horizons ?? '').split(',').filter((name) => name !== '');
  return scoreWindows(session, shape, windows.values, windows.codes.length, batch, horizons);
}

/** Runs the first windows under a profile: how many nodes ran where. @throws InferenceError where not all as asked */
export function verifiedNodes(
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

export function modelAnswer({ file, facts, session }: OpenModel, sha256: string): ModelAnswer {
  return { ...facts, name: basename(file), sha256, inputs: session.inputs, outputs: session.outputs };
}

/** The score that is ranked: the one asked for, else the first. @throws InferenceError */
export function rankedScore(asked: string | null, scores: Scores): string {
  const names = Object.keys(scores);
  if (asked === null) return names[0] as string;
  if (names.includes(asked)) return asked;
  throw new InferenceError(
    'wrong-shape',
    `The model gives no score "${asked}". It gives ${names.join(', ')}.`,
  );
}
