import { deviation, mean, Random } from '../../electron/compute/statistics/index.ts';
import { writeOnnx } from './onnx.ts';
import { sampleCodes, tradingDays } from './sample-panel.ts';

const seed = 20_251_031;
const days = 40;

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

/** A small ranker with two horizons: windows of features to scores, by weights from a seed. */
export function sampleModel(): Uint8Array {
  const random = new Random(seed);
  const inputs = sampleLookback * sampleFeatures.length;
  const weights = (count: number, size: number) =>
    Float32Array.from({ length: count }, () => size * random.normal());
  return writeOnnx({
    producer: 'holdpoint-sample',
    opset: 17,
    metadata: {
      features: JSON.stringify(sampleFeatures),
      lookback: String(sampleLookback),
      horizons: '5d,20d',
      version: 'v0.1.0',
    },
    inputs: [{ name: 'features', shape: ['stocks', sampleLookback, sampleFeatures.length] }],
    outputs: [{ name: 'scores', shape: ['stocks', 2] }],
    constants: [
      { name: 'flat', shape: [2], values: BigInt64Array.of(-1n, BigInt(inputs)) },
      { name: 'w1', shape: [inputs, hidden], values: weights(inputs * hidden, 1 / Math.sqrt(inputs)) },
      { name: 'b1', shape: [hidden], values: weights(hidden, 0.1) },
      { name: 'w2', shape: [hidden, 2], values: weights(hidden * 2, 1 / Math.sqrt(hidden)) },
    ],
    nodes: [
      { op: 'Reshape', inputs: ['features', 'flat'], output: 'rows' },
      { op: 'MatMul', inputs: ['rows', 'w1'], output: 'sums' },
      { op: 'Add', inputs: ['sums', 'b1'], output: 'shifted' },
      { op: 'Tanh', inputs: ['shifted'], output: 'activations' },
      { op: 'MatMul', inputs: ['activations', 'w2'], output: 'scores' },
    ],
  });
}

/** Features of the sample's codes, each a z-score across codes on its date. */
export function sampleFeatureRows(): string {
  const random = new Random(seed + 1);
  const codes = sampleCodes();
  const state = sampleFeatures.map(() => codes.map(() => random.normal()));
  const lines = tradingDays('2024-06-20', days).flatMap((date) => {
    const columns = state.map((values) => {
      for (const [i, value] of values.entries()) {
        values[i] = 0.9 * value + Math.sqrt(1 - 0.9 ** 2) * random.normal();
      }
      const [centre, spread] = [mean(values), deviation(values, 0)];
      return values.map((value) => ((value - centre) / spread).toFixed(4));
    });
    return codes.map((code, i) => [date, code, ...columns.map((column) => column[i])].join(','));
  });
  return `date,code,${sampleFeatures.join(',')}\n${lines.join('\n')}\n`;
}
