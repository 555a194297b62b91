/**
 * Three real SSH servers on this machine with a small real service on each, to rehearse a launch against.
 *
 * Everything lies in one folder, runs on loopback, and never reads or writes the user's own SSH files. The servers
 * outlive the process that started them; the next one finds them again, and `stop` leaves nothing behind.
 */
export { SandboxError, type SandboxErrorCode } from './errors.ts';
export type { System } from './memory.ts';
export { createSandbox } from './sandbox.ts';
export type { Overlay, SandboxController, SandboxOptions } from './types.ts';
