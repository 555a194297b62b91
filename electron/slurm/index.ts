/**
 * Sweeps on a Slurm cluster, reached by SSH: a second executor for `sweep`.
 *
 * `slurmExecutor` submits an array for the points that have no result, follows it over any number of lost links, and
 * recomputes some of what comes back. `cancelSweep` ends the jobs of a sweep, whoever submitted them. The cluster needs
 * Slurm, a home folder that its nodes share, and Node; where that is missing the one of this machine is sent.
 */
export type { QueuedTasks } from './cluster.ts';
export { SlurmError, type SlurmErrorCode } from './errors.ts';
export { cancelSweep, type SlurmOptions, slurmExecutor } from './executor.ts';
