import { createHash } from 'node:crypto';

const features = [
  'momentum_5d',
  'momentum_20d',
  'reversal_1d',
  'volatility_20d',
  'turnover_20d',
  'value',
  'quality',
  'beta',
];
const hiddenUnits = 6;
const horizons = [1, 5, 10, 20];
const universe = Array.from({ length: 60 }, (_, index) => `X${String(index + 1).padStart(3, '0')}`);
/** How far one version's coefficients are from another's, against their own size. */
const versionShare = 0.3;

/**
 * The coefficients of a small network, drawn from the names of system and version: the same names give the same
 * model, and two versions of one system rank alike but not the same, as two trainings do.
 */
export function makeModel(system: string, version: string) {
  const lasting = drawFrom(system);
  const own = drawFrom(`${system} ${version}`);
  const coefficient = (scale: number) => {
    const value = lasting() + versionShare * own();
    return Number((value * scale).toFixed(6));
  };
  const row = (length: number, scale: number) => Array.from({ length }, () => coefficient(scale));
  return {
    system,
    version,
    universe,
    features: features.map((name) => ({ name, mean: 0, scale: 1 })),
    hidden: {
      weights: Array.from({ length: hiddenUnits }, () => row(features.length, 0.9)),
      bias: row(hiddenUnits, 0.3),
    },
    heads: Object.fromEntries(
      horizons.map((horizon) => [horizon, { weights: row(hiddenUnits, 1.2), bias: coefficient(0.1) }]),
    ),
  };
}

/** Numbers from -1 to 1, drawn from a text. */
function drawFrom(seed: string): () => number {
  let index = 0;
  return () => {
    index += 1;
    return createHash('sha256').update(`${seed} ${index}`).digest().readInt32BE() / 2 ** 31;
  };
}
