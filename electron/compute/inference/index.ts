/**
 * Inference: `readModelFacts` says what an ONNX file is, `openSession` runs it on the provider that was asked for and no
 * other, `windowShape` and `WindowReader` make its input from a table, `scoreWindows` gives scores by code. `compareScores`
 * holds scores against recorded ones or those of another provider, `latenciesOf` says what samples of time can say. What cannot be is an `InferenceError`.
 */
export { type Bench, type BenchLevel, benchModel } from './bench/index.ts';
export { latenciesOf } from './bench/latencies.ts';
export { isSteady, measureWindows, runFor } from './bench/windows.ts';
export { compareScores, type DateScores, type ScoreComparison } from './compare.ts';
export { InferenceError, type InferenceErrorCode } from './errors.ts';
export { KeyIndex } from './key-index.ts';
export { type ModelFacts, namedFeatures, readModelFacts } from './model-file.ts';
export { answerProviders, type ProviderAnswer } from './offered.ts';
export { ranking, type Scores, scoreWindows } from './scores.ts';
export { openSession, type Session, type TensorInfo } from './session.ts';
export { type ShapeHints, type WindowShape, windowShape } from './shape.ts';
export { type DateWindows, WindowReader } from './windows.ts';
