import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Answer } from '../../shared/contract/compute/index.ts';
import {
  type BacktestAnswer,
  type CompareAnswer,
  csvOf,
  type InferAnswer,
  type SweepAnswer,
} from '../compute/index.ts';

type Cell = string | number;
type Row = Record<string, Cell>;
export type Format = 'csv' | 'json' | 'parquet';

/**
 * Writes every table of an answer into a new folder, and the answer itself as the window has it.
 * @throws Error where the folder cannot be used
 */
export function exportAnswer(folder: string, format: Format, view: Answer, answer: unknown): string[] {
  if (format === 'parquet')
    throw new Error('Parquet is not written from the window yet. Choose CSV or JSON.');
  if (!isAbsolute(folder)) throw new Error(`${folder} is no whole path. Give one, such as /home/me/export.`);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} holds files already. Give a new folder.`);
  const tables = Object.entries(tablesOf(view, answer)).filter(([, rows]) => rows.length > 0);
  const written = tables.map(([name, rows]) => {
    const file = join(folder, `${name}.${format}`);
    writeFileSync(file, format === 'csv' ? csvOf(rows) : `${JSON.stringify(rows, null, 1)}\n`);
    return file;
  });
  const whole = join(folder, 'answer.json');
  writeFileSync(whole, `${JSON.stringify(view, null, 1)}\n`);
  return [...written, whole];
}

/** Pure: the tables of an answer by name. */
export function tablesOf(view: Answer, answer: unknown): Record<string, Row[]> {
  switch (view.kind) {
    case 'profile':
      return {
        columns: view.columns.map(({ missing, numbers, ...column }) => ({
          ...column,
          ...prefixed('missing', missing),
          ...flat(numbers ?? {}),
        })),
        gaps: view.gaps,
        findings: view.findings,
      };
    case 'drift':
      return {
        features: view.features.map(({ missing, ...feature }) => ({
          ...flat(feature),
          ...prefixed('missing', missing),
        })),
        skipped: view.skipped,
      };
    case 'infer':
      return {
        scores: (answer as InferAnswer).dates.flatMap(scoreRows),
        precision: view.labels?.precision ?? [],
        reliability: view.labels?.calibration?.bins ?? [],
      };
    case 'backtest': {
      const { tables, rebalances } = answer as BacktestAnswer;
      const figures = [...view.figures, ...view.validity].map(figureRow);
      return { figures, judgements: view.judgements, ...(tables as Record<string, Row[]>), rebalances };
    }
    case 'sweep':
      return {
        points: (answer as SweepAnswer).points.map(({ settings, figures, problem }) => ({
          ...flat(settings),
          ...flat(figures ?? {}),
          problem: problem ?? '',
        })),
      };
    case 'shadow':
      return {
        days: view.days.map(flat),
        disagreements: view.disagreements,
      };
    case 'compare': {
      const { equity } = answer as CompareAnswer;
      const figures = [view.first, view.second].flatMap((side) =>
        side.figures.map((figure) => ({ configuration: side.name, ...figureRow(figure) })),
      );
      return { figures: [...figures, { configuration: '', ...figureRow(view.difference) }], equity };
    }
    case 'claims':
      return {
        claims: view.claims.map(({ ours, ...claim }) => ({
          ...flat(claim),
          ours: ours?.value ?? '',
          unit: ours?.unit ?? '',
          low: ours?.interval?.[0] ?? '',
          high: ours?.interval?.[1] ?? '',
        })),
      };
  }
}

function scoreRows({ date, codes, scores }: InferAnswer['dates'][number]): Row[] {
  return codes.map((code, i) => ({
    date,
    code,
    ...Object.fromEntries(Object.entries(scores).map(([name, values]) => [name, values[i] as number])),
  }));
}

function figureRow({
  name,
  value,
  unit,
  interval,
  convention,
}: Extract<Answer, { kind: 'backtest' }>['validity'][number]): Row {
  return {
    ...{ name, value: value ?? '', unit },
    ...{ low: interval?.[0] ?? '', high: interval?.[1] ?? '', convention },
  };
}

const flat = (values: object): Row =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' || typeof value === 'string'
        ? value
        : value === null
          ? ''
          : JSON.stringify(value),
    ]),
  );

const prefixed = (prefix: string, values: Record<string, Cell>): Row =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}_${key}`, value]));
