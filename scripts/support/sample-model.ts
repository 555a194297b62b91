import { Random } from '../../electron/compute/statistics/index.ts';
import { writeOnnx } from './onnx.ts';

const seed = 20_251_031;

/** What the sample ranker looks at: so many rows of a code, and these columns. */
export const sampleLookback = 20;
export const sampleFeatures = [
  'momentum_5d',
  'momentum_20d',
  'reversal_1d',
  'volatility_20d',
  'turnover_5d',
  'value',
  'quality',
  'size',
];
const hidden = 16;

/** One layer of `tanh`, and a probability for each of two horizons. */
interface Weights {
  w1: Float32Array;
  b1: Float32Array;
  w2: Float32Array;
}
const inputs = sampleLookback * sampleFeatures.length;
const horizons = ['5d', '20d'];

function sampleWeights(): Weights {
  const random = new Random(seed);
  const weights = (count: number, size: number) =>
    Float32Array.from({ length: count }, () => size * random.normal());
  return {
    w1: weights(inputs * hidden, 1 / Math.sqrt(inputs)),
    b1: weights(hidden, 0.1),
    w2: weights(hidden * horizons.length, 1 / Math.sqrt(hidden)),
  };
}

/** A small ranker with two horizons: windows of features to scores from 0 to 1, by weights from a seed. */
export function sampleModel(): Uint8Array {
  const { w1, b1, w2 } = sampleWeights();
  return writeOnnx({
    producer: 'holdpoint-sample',
    opset: 17,
    metadata: {
      features: JSON.stringify(sampleFeatures),
      lookback: String(sampleLookback),
      horizons: horizons.join(','),
      version: 'v0.1.0',
    },
    inputs: [{ name: 'features', shape: ['stocks', sampleLookback, sampleFeatures.length] }],
    outputs: [{ name: 'scores', shape: ['stocks', horizons.length] }],
    constants: [
      { name: 'flat', shape: [2], values: BigInt64Array.of(-1n, BigInt(inputs)) },
      { name: 'w1', shape: [inputs, hidden], values: w1 },
      { name: 'b1', shape: [hidden], values: b1 },
      { name: 'w2', shape: [hidden, horizons.length], values: w2 },
    ],
    nodes: [
      { op: 'Reshape', inputs: ['features', 'flat'], output: 'rows' },
      { op: 'MatMul', inputs: ['rows', 'w1'], output: 'sums' },
      { op: 'Add', inputs: ['sums', 'b1'], output: 'shifted' },
      { op: 'Tanh', inputs: ['shifted'], output: 'activations' },
      { op: 'MatMul', inputs: ['activations', 'w2'], output: 'logits' },
      { op: 'Sigmoid', inputs: ['logits'], output: 'scores' },
    ],
  });
}

/** What the ranker says of a window for its first horizon, before it is made a probability. */
export function sampleLogit(): (window: readonly number[]) => number {
  const { w1, b1, w2 } = sampleWeights();
  const at = (weights: Float32Array, i: number) => weights[i] as number;
  return (window) => {
    let logit = 0;
    for (let unit = 0; unit < hidden; unit += 1) {
      const sum = window.reduce((so, value, i) => so + value * at(w1, i * hidden + unit), at(b1, unit));
      logit += Math.tanh(sum) * at(w2, unit * horizons.length);
    }
    return logit;
  };
}
