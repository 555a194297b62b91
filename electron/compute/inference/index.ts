/**
 * Inference: `readModelFacts` says what an ONNX file is, `openSession` runs it on the provider that was asked for and no
 * other, `windowShape` and `WindowReader` make its input from a table, `scoreWindows` gives scores by code. `compareGolden`
 * holds scores against recorded ones, `latenciesOf` says what samples of time can say. What cannot be is an `InferenceError`.
 */
export { type Bench, type Latencies, latenciesOf, sampleRuns } from './bench.ts';
export { InferenceError, type InferenceErrorCode } from './errors.ts';
export { compareGolden, type DateScores, type GoldenComparison } from './golden.ts';
export { type ModelFacts, namedFeatures, readModelFacts } from './model-file.ts';
export { ranking, type Scores, scoreWindows } from './scores.ts';
export { openSession, type Session, type TensorInfo } from './session.ts';
export { type ShapeHints, type WindowShape, windowShape } from './shape.ts';
export { type DateWindows, WindowReader } from './windows.ts';
