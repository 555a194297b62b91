/**
 * What machines are and how busy they are: this one by systeminformation, on a thread of its own and only while
 * somebody looks; every host of a target by one POSIX shell program in one round trip.
 */
export { HardwareError, type HardwareErrorCode } from './errors.ts';
export { createHosts, type HostAccess, type Hosts } from './hosts.ts';
export { createLaptop, type Laptop, type Power } from './laptop.ts';
export { parseProbe } from './parse-probe.ts';
export { probeProgram } from './probe-program.ts';
export { createProber, type Prober, type RunOnHost } from './prober.ts';
export { type PythonFacts, parsePython, pythonQuestion } from './python.ts';
