/**
 * Compute: figures, backtests and comparisons from files of returns, scores and features, re-computed on this machine.
 *
 * `ComputeProcess` runs jobs in a process of their own, with queue, progress, cancelling and a store of answers;
 * `computeIn` is `Compute`, what can be asked, through it, and `computeHere` answers in this process. Below are pure
 * parts: `statistics/` (figures with conventions and intervals) and `backtest/` (strategies over a panel); `data/` reads
 * files, `answers/` puts them together.
 */
export type { BacktestAnswer, BacktestQuestion, ComparedFigure } from './answers/backtest.ts';
export {
  type BundlePackQuestion,
  type BundleReport,
  type BundleVerifyQuestion,
  makeBundle,
  verifyBundle,
} from './answers/bundle.ts';
export { type ClaimsAnswer, type ClaimsQuestion, findClaims, type JudgedClaim } from './answers/claims.ts';
export type { CompareAnswer, ComparedRun, CompareQuestion } from './answers/compare.ts';
export type { DriftAnswer, DriftQuestion, FeatureDrift } from './answers/drift.ts';
export type { ForecastAnswer, ForecastQuestion } from './answers/forecast.ts';
export type {
  InferAnswer,
  InferQuestion,
  ModelAnswer,
  ProviderParity,
  ScoreDistribution,
  ScoreDrift,
  ScoreQuality,
} from './answers/infer/answer.ts';
export { goldenSample } from './answers/infer/golden-file.ts';
export { type InferReport, inferReport, type RankedRow, rankedRows } from './answers/infer/report.ts';
export type { MetricsAnswer, MetricsQuestion } from './answers/metrics.ts';
export type { ProbesAnswer, ProbesQuestion } from './answers/probes.ts';
export type { ProfileAnswer, ProfileFinding } from './answers/profile/answer.ts';
export type { ProfileQuestion } from './answers/profile/index.ts';
export { type FileRole, type RoledFile, roleOf } from './answers/role.ts';
export type {
  Disagreement,
  ShadowAnswer,
  ShadowDay,
  ShadowModel,
  ShadowQuestion,
} from './answers/shadow/answer.ts';
export { deflate, type PanelTrial, type Trial } from './answers/trial.ts';
export type { WrittenFigure } from './answers/written.ts';
export { BacktestError, type BacktestErrorCode, csvOf } from './backtest/index.ts';
export { BundleError, type BundleErrorCode, type Manifest, peekManifest } from './bundle/index.ts';
export { type Compute, computeHere, computeIn } from './compute.ts';
export { DataError, type DataErrorCode } from './data/index.ts';
export {
  InferenceError,
  type InferenceErrorCode,
  type ModelFacts,
  type ProviderAnswer,
  type TensorInfo,
} from './inference/index.ts';
export type { JobName } from './jobs.ts';
export {
  type Answered,
  type AnswerStore,
  type AskOptions,
  answersIn,
  type ComputeChild,
  ComputeError,
  type ComputeErrorCode,
  type ComputePort,
  ComputeProcess,
  forkCompute,
  type JobProgress,
  type OnCluster,
  serveCompute,
} from './process/index.ts';
export {
  conventions,
  conventionText,
  type FigureVerdict,
  figureWords,
  measuredOf,
  recordBand,
  type TrialCount,
  variance,
} from './statistics/index.ts';
export {
  encodePanel,
  encodePoints,
  localExecutor,
  type PointResult,
  parseResult,
  readResult,
  removeResult,
  type SweepAnswer,
  SweepError,
  type SweepErrorCode,
  type SweepExecutor,
  type SweepJob,
  type SweepPoint,
  type SweepProgress,
  type SweepQuestion,
  sweep,
  sweepDigest,
  unpackSeries,
  writeResult,
  writeTaskProgram,
} from './sweep/index.ts';
export {
  findTableFiles,
  type TableFormat,
  type TableRows,
  tableFormats,
  writeTables,
} from './tables/index.ts';
