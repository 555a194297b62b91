import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ComputeProcess, type InferQuestion } from '../../electron/compute/index.ts';
import type { OnnxModel } from '../../scripts/support/onnx.ts';
import { temporaryFolder } from './folder.ts';

const pack = join(import.meta.dirname, '../../resources/packs/apex-ranker');
/** The sample ranker, and the data that it ranks. */
export const ranker = join(pack, 'models/ranker.onnx');
export const rankerData = join(pack, 'data/features.csv');

/** The last date of the sample data by the sample ranker on the CPU, but for what is changed. */
export const inferQuestion = (change: Partial<InferQuestion> = {}): InferQuestion => ({
  model: ranker,
  data: rankerData,
  keys: {},
  provider: 'cpu',
  features: null,
  lookback: null,
  dates: 1,
  batch: 512,
  score: null,
  top: 35,
  golden: null,
  bench: false,
  ...change,
});

/** A compute process that ends with the test. */
export function startedCompute(): ComputeProcess {
  const compute = new ComputeProcess({ folder: temporaryFolder() });
  onTestFinished(() => compute.close());
  return compute;
}

/** A model whose score is its one feature as it is on the date. */
export const passing: OnnxModel = {
  producer: 'test',
  opset: 17,
  metadata: { features: '["f"]' },
  inputs: [{ name: 'x', shape: ['codes', 1] }],
  outputs: [{ name: 'score', shape: ['codes', 1] }],
  constants: [{ name: 'one', shape: [1, 1], values: Float32Array.of(1) }],
  nodes: [{ op: 'MatMul', inputs: ['x', 'one'], output: 'score' }],
};
