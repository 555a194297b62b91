/**
 * The compute process: `ComputeProcess` is the end of whoever asks, with three lanes, progress, cancelling and crashes;
 * `serveCompute` is the other end, which works through the jobs and keeps their answers. The wire between them is two
 * small interfaces, so that a child of Node and a utility process of Electron are served alike.
 */
export { forkCompute } from './child.ts';
export { type Answered, type AskOptions, ComputeProcess, type JobProgress } from './client.ts';
export { ComputeError, type ComputeErrorCode } from './errors.ts';
export type { ComputeChild, ComputePort } from './protocol.ts';
export { type OnCluster, serveCompute } from './serve.ts';
export { type AnswerStore, answersIn } from './store.ts';
