import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { instant } from './common.ts';

export const gpu = z.object({
  model: z.string(),
  memoryBytes: z.number().nullable(),
  driver: z.string(),
  cuda: z.string(),
});
export type Gpu = z.infer<typeof gpu>;

export const disk = z.object({
  mount: z.string(),
  sizeBytes: z.number(),
  freeBytes: z.number(),
});
export type Disk = z.infer<typeof disk>;

/** What a machine is. Null or empty where it could not be learnt; `unknown` says why, by field. */
export const machineFacts = z.object({
  /** `laptop` for this machine, else the host's name in ssh_config. */
  host: z.string(),
  at: instant,
  hostname: z.string(),
  machine: z.string(),
  os: z.string(),
  kernel: z.string(),
  arch: z.string(),
  cpu: z.string(),
  cores: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  memoryFreeBytes: z.number().nullable(),
  disks: z.array(disk),
  gpus: z.array(gpu),
  python: z.string(),
  pytorch: z.string(),
  /** CUDA version PyTorch was built for and can use; empty without. */
  pytorchCuda: z.string(),
  /** Their clock minus ours, in milliseconds, corrected for half the round trip; null for this machine. */
  clockSkewMs: z.number().nullable(),
  /** Half of the round trip: how far `clockSkewMs` can be off. */
  clockSkewErrorMs: z.number().nullable(),
  bootId: z.string(),
  uptimeSeconds: z.number().nullable(),
  user: z.string(),
  home: z.string(),
  /** Programs the steps use, by name: their path, or empty where missing. */
  tools: z.record(z.string(), z.string()),
  /** Whether the host ends a user's processes when the last session closes (systemd's KillUserProcesses). */
  killsUserProcesses: z.boolean().nullable(),
  unknown: z.record(z.string(), z.string()),
});
export type MachineFacts = z.infer<typeof machineFacts>;

export const machineLoad = z.object({
  at: instant,
  cpuFraction: z.number(),
  memoryUsedBytes: z.number(),
  memoryBytes: z.number(),
  disks: z.array(disk),
  /** Null on machines without a battery. */
  battery: z.object({ fraction: z.number(), charging: z.boolean() }).nullable(),
  onPower: z.boolean().nullable(),
  gpus: z.array(
    z.object({
      model: z.string(),
      utilisation: z.number().nullable(),
      memoryUsedBytes: z.number().nullable(),
    }),
  ),
});
export type MachineLoad = z.infer<typeof machineLoad>;

export const hostKey = z.object({
  host: z.string(),
  /** `ED25519` and so on. */
  type: z.string(),
  /** `SHA256:…` */
  fingerprint: z.string(),
  /** The file the key goes into when it is accepted. */
  knownHosts: z.string(),
});
export type HostKey = z.infer<typeof hostKey>;

export const hostState = z.enum([
  'unseen',
  'connecting',
  'connected',
  'unreachable',
  'key-unknown',
  'key-changed',
  'refused',
]);
export type HostState = z.infer<typeof hostState>;

export const hostRow = z.object({
  host: z.string(),
  targets: z.array(z.string()),
  state: hostState,
  /** What is wrong and what to do, in a sentence; empty where nothing is. */
  problem: z.string(),
  facts: machineFacts.nullable(),
  /** The key to look at while `state` is `key-unknown`. */
  key: hostKey.nullable(),
  /** How ssh_config resolves the name: `deploy@10.0.0.4:22 via bastion`. */
  resolved: z.string(),
});
export type HostRow = z.infer<typeof hostRow>;

const hostName = z.object({ host: z.string() });

export const hardwareContract = {
  hosts: oc.output(z.array(hostRow)),
  probe: oc.input(hostName).output(hostRow),
  /** Writes the shown key into known_hosts; refused when the host now shows another one. */
  trust: oc.input(hostName.extend({ fingerprint: z.string() })).output(hostRow),
  laptop: oc.output(machineFacts),
  /** Load of this machine every few seconds, for as long as the caller listens. */
  watchLoad: oc.output(eventIterator(machineLoad)),
};
