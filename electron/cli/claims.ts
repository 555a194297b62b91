import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Compute, JudgedClaim } from '../compute/index.ts';
import { readLaunchPack } from '../launch/index.ts';
import { renderProblems } from '../pack/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { table } from './text.ts';

/** The stable shape of `claims --json`. */
export interface ClaimsReport {
  document: string;
  returns: string;
  predictions: string | null;
  periods: number;
  from: string;
  to: string;
  claims: JudgedClaim[];
}

interface Asked {
  returns?: string | undefined;
  predictions?: string | undefined;
}

/** Holds every number of a checklist that returns or predictions can show against them. @throws InputError, DataError */
export async function claimsOf(compute: Compute, pack: string, asked: Asked = {}): Promise<ClaimsReport> {
  if (!existsSync(pack)) throw new InputError(`${pack} does not exist. Check the path.`);
  const isFolder = statSync(pack).isDirectory();
  const document = isFolder ? await checklistOf(pack) : pack;
  if (!existsSync(document)) throw new InputError(`${document} does not exist. Give the checklist itself.`);
  const returns = asked.returns ?? (isFolder ? join(pack, 'data', 'returns.csv') : undefined);
  if (returns === undefined || !existsSync(returns)) {
    throw new InputError(
      `${returns ?? 'A document alone'} has no returns to hold its claims against. Give a CSV of date and return with --returns FILE.`,
    );
  }
  const usual = join(pack, 'data', 'predictions.csv');
  const predictions = asked.predictions ?? (isFolder && existsSync(usual) ? usual : null);
  const { periods, from, to, claims } = await compute.claims({ document, returns, predictions });
  return { document, returns, predictions, periods, from, to, claims };
}

/** The checklist that launch.yaml names; without one, the usual name. @throws InputError */
async function checklistOf(folder: string): Promise<string> {
  if (!existsSync(join(folder, 'launch.yaml'))) return join(folder, 'checklist.md');
  const read = await readLaunchPack(folder);
  if (!read.ok) throw new InputError(renderProblems(read.problems));
  return read.pack.checklistPath;
}

export function claimsText({ document, periods, from, to, claims }: ClaimsReport): string {
  const checked = claims.filter(({ verdict }) => verdict !== 'not-checked');
  return [
    `${periods} returns, ${from} to ${to}`,
    table(
      checked.map(({ verdict, line, text, sentence }) => [verdict, `${document}:${line}`, text, sentence]),
    ),
    `${claims.length - checked.length} more numbers are about something else.`,
  ].join('\n');
}

/** A claim that is wrong is a no; one that is not proven leaves it open. */
export function claimsExit({ claims }: ClaimsReport): ExitCode {
  if (claims.some(({ verdict }) => verdict === 'fail')) return exitCodes.no;
  const isProven = claims.some(({ verdict }) => verdict === 'pass');
  return isProven && claims.every(({ verdict }) => verdict !== 'unproven')
    ? exitCodes.asked
    : exitCodes.unknown;
}
