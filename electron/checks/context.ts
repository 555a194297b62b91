import type { MachineFacts } from '../../shared/contract/hardware.ts';
import type { MeasuredReturns } from '../compute-desk/index.ts';
import type { LaunchCheck } from './bind.ts';
import type { CheckContext, ItemOutcome, RunOutcome } from './kind.ts';
import { redactor } from './redact.ts';
import { type RunOnHost, shellHere, shellOnHost } from './shell.ts';

/** What checks need of the rest of Holdpoint. Hosts are null for this machine. */
export interface Surroundings {
  /** The pack's folder. */
  folder: string;
  runOnHost: RunOnHost;
  /** What a machine is, a few seconds old at most. */
  facts(host: string | null): Promise<MachineFacts>;
  /** Puts values in the place of `{name}`. @throws where a name has none */
  fill(text: string, host: string | null): string;
  /** Values of the target, and secrets, for scripts. */
  env(host: string | null): Record<string, string>;
  /** Values that must never be written down. */
  secrets(): readonly string[];
  /** The items at addresses of the checklist. @throws where an address matches none */
  items(addresses: readonly string[]): ItemOutcome[];
  lastRun(runbook: string, target: string | null): RunOutcome | null;
  /** Every figure of a file of returns, re-computed. @throws where it cannot be read */
  measureReturns(file: string, signal: AbortSignal): Promise<MeasuredReturns>;
}

export function contextFor(
  { ofLaunch, timeoutMs }: Pick<LaunchCheck, 'ofLaunch' | 'timeoutMs'>,
  host: string | null,
  surroundings: Surroundings,
  signal: AbortSignal,
  now: () => Date,
): CheckContext {
  const { folder, runOnHost } = surroundings;
  const machine = host ?? 'This machine';
  return {
    host,
    subject: ofLaunch ? 'The launch' : machine,
    folder,
    signal,
    timeoutMs,
    shell: host ? shellOnHost(host, runOnHost, { signal, timeoutMs }) : shellHere(folder, signal),
    env: surroundings.env(host),
    now: () => now().getTime(),
    fill: (text) => surroundings.fill(text, host),
    holdsSecret: (text) => redactor(surroundings.secrets())(text) !== text,
    facts: () => surroundings.facts(host),
    items: surroundings.items,
    lastRun: surroundings.lastRun,
    measureReturns: (file) => surroundings.measureReturns(file, signal),
  };
}
