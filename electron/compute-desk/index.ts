/**
 * The desk that asks compute for the window: `ComputeDesk` holds jobs with their progress and answers, keeps the ledger of
 * everything that was tried, and knows the models that were seen. `views/` turns answers into what the contract says.
 */
export { ComputeDesk, type DeskPlace } from './desk.ts';
export type { TrialsAtEnd } from './ledger/count.ts';
export { ledgerTellers } from './ledger/entries.ts';
export { createLedger } from './ledger/ledger.ts';
export { ledgerProjection } from './ledger/projection.ts';
export { type RecordedJob, recordTrials } from './ledger/record.ts';
export type { MeasuredReturns } from './measure.ts';
export { modelTellers } from './models/entries.ts';
export { modelProjection } from './models/projection.ts';
export type { Deployment } from './models/registry.ts';
