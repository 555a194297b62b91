import { z } from 'zod';
import { DataError } from './errors.ts';
import { parseShape, readText } from './shape.ts';

interface Span {
  from: string;
  to: string;
}

/** What is said of how the scores of a panel were made. */
export interface Training {
  label: string | null;
  /** Trading days that the label looks ahead. */
  horizon: number;
  features: string[];
  /** One model, or one a fold. A fold without a test span is tested by the backtest itself. */
  folds: { train: Span; test: Span | null; model: string | null }[];
}

const span = z
  .strictObject({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, { message: 'from lies after to' });
const shape = z.strictObject({
  label: z.string().optional(),
  horizon: z.number().int().min(0),
  features: z.array(z.string()).default([]),
  train: span.optional(),
  test: span.optional(),
  model: z.string().optional(),
  folds: z
    .array(z.strictObject({ train: span, test: span, model: z.string().optional() }))
    .min(1)
    .optional(),
});

/**
 * Reads what a training run says of itself: `label`, `horizon`, `features`, and `train` with `test`, or `folds` of both.
 * @throws DataError with every mistake
 */
export async function readTraining(file: string): Promise<Training> {
  const { label, horizon, features, train, test, model, folds } = parseShape(
    await readText(file),
    file,
    shape,
  );
  if ((train === undefined) === (folds === undefined)) {
    throw new DataError(
      'bad-config',
      `${file} needs either train, with from and to, or folds, a list of train and test. Write one of them.`,
    );
  }
  const all = folds ?? [{ train: train as Span, test, model }];
  return {
    label: label ?? null,
    horizon,
    features,
    folds: all.map((fold) => ({ train: fold.train, test: fold.test ?? null, model: fold.model ?? null })),
  };
}
