export { quote } from './quote.ts';
export type { Job, JobEnd, JobLink, JobOutput, Jobs, Ssh } from './types.ts';
export { SshError } from './types.ts';
