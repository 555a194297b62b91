import type { Evidence } from '../../shared/contract/checklist.ts';
import type { Mode } from '../../shared/contract/common.ts';
import type { Client } from '../../shared/contract/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { evidenceLine, table } from './text.ts';
import { openPack } from './with-service.ts';

/** The stable shape of `check --json`. */
export interface CheckReport {
  checks: {
    check: string;
    host: string | null;
    verdict: string;
    measured: string[];
    sentence: string;
    ms: number;
  }[];
}

/** Runs the checks of a pack: all of them, or those named. */
export async function runChecks(
  client: Client,
  folder: string,
  mode: Mode,
  only: string[],
): Promise<Evidence[]> {
  await openPack(client, folder, mode);
  const known = (await client.checks.list()).map(({ id }) => id);
  const unknown = only.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new InputError(
      `There is no check ${unknown.join(', ')}. There are: ${known.join(', ') || 'none'}.`,
    );
  }
  return client.checks.run(only.length > 0 ? { checks: only } : {});
}

export function checkReport(evidence: readonly Evidence[]): CheckReport {
  return {
    checks: evidence.map(({ check, host, verdict, measured, sentence, ms }) => ({
      check,
      host,
      verdict,
      measured: measured.map(({ quantity, text }) => `${quantity}: ${text}`),
      sentence,
      ms: Math.round(ms),
    })),
  };
}

export function checkText(evidence: readonly Evidence[]): string {
  return evidence.length === 0 ? 'The pack has no checks.' : table(evidence.map(evidenceLine));
}

/** A failed check is a no; one that could not be measured, or proves nothing, leaves it open. */
export function checkExit(evidence: readonly Evidence[]): ExitCode {
  const verdicts = new Set(evidence.map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return exitCodes.no;
  return [...verdicts].every((verdict) => verdict === 'pass') ? exitCodes.asked : exitCodes.unknown;
}
