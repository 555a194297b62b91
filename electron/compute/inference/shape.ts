import { InferenceError } from './errors.ts';
import { type ModelFacts, namedFeatures } from './model-file.ts';
import type { TensorInfo } from './session.ts';

/** How data becomes the input of a model: for each code so many rows of so many features. */
export interface WindowShape {
  lookback: number;
  features: string[];
  /** Where their names and order come from. */
  featuresFrom: 'list' | 'model' | 'data';
  /** Codes that one run must have; null where it takes any number. */
  fixedBatch: number | null;
  /** Whether the input has an axis for the rows, or one row is all there is. */
  hasRows: boolean;
}

export interface ShapeHints {
  file: string;
  /** The names of a list that was given. */
  listed: readonly string[] | null;
  lookback: number | null;
  /** The columns of numbers that the data has. */
  columns: readonly string[];
}

/** Pure: fits a model's one input, what it says of itself, and the data together. @throws InferenceError */
export function windowShape(
  inputs: readonly TensorInfo[],
  { metadata }: ModelFacts,
  { file, listed, lookback: askedLookback, columns }: ShapeHints,
): WindowShape {
  const [input] = inputs;
  const refuse = (sentence: string) => new InferenceError('wrong-shape', `${file} ${sentence}`);
  if (!input || inputs.length !== 1) {
    const names = inputs.map(({ name }) => name).join(', ');
    throw refuse(
      `has ${inputs.length} inputs (${names}), and one is filled here. Export it with one input of features.`,
    );
  }
  if (input.type !== 'float32') {
    throw refuse(
      `takes ${input.type} in "${input.name}", and windows are float32. Export it with float32 inputs.`,
    );
  }
  const hasRows = input.shape.length === 3;
  if (!hasRows && input.shape.length !== 2) {
    throw refuse(
      `takes ${shapeText(input)} in "${input.name}". It must be codes × rows × features, or codes × features.`,
    );
  }
  const width = input.shape.at(-1);
  const rows = hasRows ? input.shape[1] : 1;
  const wanted = [rows, askedLookback, numberIn(metadata.lookback)].find((size) => typeof size === 'number');
  if (typeof wanted !== 'number') {
    throw refuse(`does not say how many rows it looks back on. Say it with --lookback NUMBER.`);
  }
  if (askedLookback !== null && askedLookback !== wanted) {
    throw refuse(
      `looks back on ${wanted} rows, and --lookback asks for ${askedLookback}. Leave the option out.`,
    );
  }
  const { names, from } = featureNames(listed, metadata, width, columns, refuse);
  if (typeof width === 'number' && width !== names.length) {
    const source = { list: 'the list of features names', model: 'its metadata names', data: 'the data has' }[
      from
    ];
    throw refuse(
      `takes ${width} features in "${input.name}", and ${source} ${names.length}. Correct the one that is wrong.`,
    );
  }
  const [batch] = input.shape;
  return {
    lookback: wanted,
    features: names,
    featuresFrom: from,
    fixedBatch: typeof batch === 'number' ? batch : null,
    hasRows,
  };
}

function featureNames(
  listed: readonly string[] | null,
  metadata: Record<string, string>,
  width: number | string | undefined,
  columns: readonly string[],
  refuse: (sentence: string) => InferenceError,
): { names: string[]; from: WindowShape['featuresFrom'] } {
  if (listed) return { names: [...listed], from: 'list' };
  const own = namedFeatures(metadata);
  if (own) return { names: own, from: 'model' };
  if (width === columns.length) return { names: [...columns], from: 'data' };
  throw refuse(
    `does not name its ${typeof width === 'number' ? `${width} ` : ''}features, and the data has ${columns.length} columns of numbers. Give a list that names them in order (--features).`,
  );
}

function numberIn(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;
}

export function shapeText({ type, shape }: TensorInfo): string {
  return `${type} [${shape.map((size) => (size === '' ? '?' : size)).join(', ')}]`;
}
