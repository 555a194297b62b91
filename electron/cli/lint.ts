import type { Finding } from '../../shared/contract/checklist.ts';
import { ChecklistError, lint, parseDocument, readSource } from '../checklist/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { table } from './text.ts';

/** The stable shape of `lint --json`. */
export interface LintReport {
  items: number;
  /** Boxes that are ticked in the file. */
  claimed: number;
  findings: { code: string; line: number; column: number; message: string }[];
}

/** Reads one document and says what is wrong with it. @throws InputError when it cannot be read as a checklist */
export async function lintFile(
  file: string,
): Promise<{ items: number; claimed: number; findings: Finding[] }> {
  try {
    const { text } = await readSource(file);
    const document = parseDocument(text);
    const claimed = document.items.filter(({ box }) => box === 'x').length;
    return { items: document.items.length, claimed, findings: lint(document) };
  } catch (error) {
    if (error instanceof ChecklistError) throw new InputError(error.message);
    throw error;
  }
}

export function lintReport({ items, claimed, findings }: Awaited<ReturnType<typeof lintFile>>): LintReport {
  return {
    items,
    claimed,
    findings: findings.map(({ code, line, column, message }) => ({ code, line, column, message })),
  };
}

export function lintText(
  file: string,
  { items, claimed, findings }: Awaited<ReturnType<typeof lintFile>>,
): string {
  return [
    ...(findings.length > 0
      ? [
          table(
            findings.map(({ line, column, code, message }) => [`${file}:${line}:${column}`, code, message]),
          ),
          '',
        ]
      : []),
    `${items} items, ${claimed} of them ticked, ${findings.length} finding${findings.length === 1 ? '' : 's'}`,
  ].join('\n');
}

/** A document with findings is a no. */
export function lintExit({ findings }: { findings: readonly unknown[] }): ExitCode {
  return findings.length === 0 ? exitCodes.asked : exitCodes.no;
}
