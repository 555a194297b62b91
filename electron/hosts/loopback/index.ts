/**
 * The app without Electron: served on 127.0.0.1 to the system's browser. For machines where Electron's runtime cannot
 * be had or shown, for a bastion behind `ssh -L`, and for the end-to-end tests.
 */
export { type LoopbackOptions, runLoopback } from './loopback.ts';
export { askRunning } from './running.ts';
