import { oc } from '@orpc/contract';
import { z } from 'zod';

export const fault = z.enum(['none', 'slow', 'wrong', 'failing', 'unhealthy']);
export type Fault = z.infer<typeof fault>;

export const sandboxHost = z.object({
  host: z.string(),
  port: z.number().int(),
  home: z.string(),
  running: z.boolean(),
  /** The version the demo service serves there now; empty while it does not answer. */
  serves: z.string(),
  fault,
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
  /** Makes the demo service on a host misbehave from its next request on. */
  setFault: oc.input(z.object({ host: z.string(), fault })).output(sandbox),
};
