import type { Board } from '../../shared/contract/board.ts';
import type { Mode } from '../../shared/contract/common.ts';
import type { Client } from '../../shared/contract/index.ts';
import { isSettled } from '../../shared/item-status.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { progressText, table } from './text.ts';
import { openPack } from './with-service.ts';

/** The stable shape of `board --json`. */
export interface BoardReport {
  decision: 'go' | 'no-go';
  reasons: { code: string; status: string; text: string }[];
  roles: {
    role: string;
    title: string;
    answer: string | null;
    by: string | null;
    signed: boolean;
    lacks: string;
  }[];
  gates: { item: string; verdict: string | null; measured: string; at: string | null; overridden: boolean }[];
  /** `done`: settled by proof, by a person, by a waiver or an override. */
  progress: { done: number; claimed: number; open: number; total: number };
}

export async function readBoard(client: Client, folder: string, mode: Mode): Promise<Board> {
  await openPack(client, folder, mode);
  return client.board.get();
}

export function boardReport({ decision, reasons, roles, gates, progress }: Board): BoardReport {
  const { total, claimed, proven, done, waived, overridden } = progress;
  const settled = proven + done + waived + overridden;
  return {
    decision,
    reasons: reasons.map(({ code, status, text }) => ({ code, status, text })),
    roles: roles.map(({ role, title, answer, lacks }) => ({
      role,
      title,
      answer: answer?.value ?? null,
      by: answer?.by ?? null,
      signed: answer?.signed ?? false,
      lacks,
    })),
    gates: gates.map(({ title, gate, override }) => ({
      item: title,
      verdict: gate?.verdict ?? null,
      measured: gate?.measured ?? '',
      at: gate?.at ?? null,
      overridden: override !== null,
    })),
    progress: { done: settled, claimed, open: total - settled - claimed, total },
  };
}

export function boardText(board: Board): string {
  const { decision, reasons, roles, gates, emptyContacts, progress } = board;
  const settled = gates.filter(({ status }) => isSettled(status, true)).length;
  return [
    decision === 'go' ? 'GO' : `NO-GO · ${reasons.length}`,
    ...reasons.map(({ status, text }) => `  ${status.padEnd(9)} ${text}`),
    '',
    table(
      roles.map(({ title, answer, lacks }) => [
        `  ${title}`,
        answer ? `${answer.value} (${answer.signed ? 'signed' : 'unsigned'})` : '—',
        lacks,
      ]),
    ),
    '',
    `${settled} of ${gates.length} gates pass`,
    progressText(progress),
    ...(emptyContacts.length > 0 ? [`Contacts to fill in: ${emptyContacts.join('; ')}`] : []),
  ].join('\n');
}

export function boardExit({ decision }: Board): ExitCode {
  return decision === 'go' ? exitCodes.asked : exitCodes.no;
}
