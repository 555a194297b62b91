import { oc } from '@orpc/contract';
import { z } from 'zod';

export const fault = z.enum(['none', 'slow', 'wrong', 'failing', 'unhealthy']);
export type Fault = z.infer<typeof fault>;

export const sandboxService = z.object({
  system: z.string(),
  port: z.number().int(),
  /** The version it says it serves; empty while it does not answer. */
  serves: z.string(),
});
export type SandboxService = z.infer<typeof sandboxService>;

export const sandboxHost = z.object({
  host: z.string(),
  port: z.number().int(),
  home: z.string(),
  running: z.boolean(),
  /** What its services serve now, in words: `apex-ranker 0.1.9 · neural-trading 1.3.2`; empty while none answers. */
  serves: z.string(),
  services: z.array(sandboxService),
  fault,
  /** The only version the fault holds for; empty where it holds for every version. */
  faultVersion: z.string(),
});
export type SandboxHost = z.infer<typeof sandboxHost>;

export const sandbox = z.object({
  state: z.enum(['stopped', 'starting', 'running']),
  /** What is missing on this machine and how to install it; empty where it can start. */
  problem: z.string(),
  folder: z.string(),
  hosts: z.array(sandboxHost),
});
export type Sandbox = z.infer<typeof sandbox>;

export const sandboxContract = {
  get: oc.output(sandbox),
  start: oc.output(sandbox),
  stop: oc.output(sandbox),
  /** Puts the hosts back to the versions they had at first. */
  reset: oc.output(sandbox),
  /**
   * Makes the demo services on a host misbehave from their next request on. With a version, only while they serve
   * that version: a deploy that fails and a rollback that heals.
   */
  setFault: oc.input(z.object({ host: z.string(), fault, version: z.string().optional() })).output(sandbox),
};
