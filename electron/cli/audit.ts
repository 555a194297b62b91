import type { AuditWritten } from '../../shared/contract/audit.ts';
import type { Host } from '../hosts/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';

/** Before anything is made. @throws InputError with what to do, where nothing makes PDFs */
export function assertPrints({ pdf }: Pick<Host, 'pdf'>): void {
  if (!pdf.can) throw new InputError(pdf.why);
}

/** A day of the calendar, in UTC. @throws InputError */
export function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const day = Date.parse(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(day);
  if (isDay && new Date(day).toISOString().startsWith(text)) return text;
  throw new InputError(`${text} is no day. Write it as 2026-11-24.`);
}

/** A bundle that lacks the PDF that was asked for is not what was asked for. */
export function auditExit({ withoutPdf }: AuditWritten): ExitCode {
  return withoutPdf ? exitCodes.no : exitCodes.asked;
}

export function auditText({ path, files, digest, withoutPdf }: AuditWritten): string {
  return [
    `${files} files written to ${path}`,
    ...(withoutPdf ? [`There is no PDF in it. ${withoutPdf}`] : []),
    `SHA-256 of SHA256SUMS: ${digest}`,
    `Verify it there: sh verify.sh, or holdpoint verify ${path}`,
  ].join('\n');
}

export function periodText(written: AuditWritten): string {
  const { launches } = written;
  return `${launches} ${launches === 1 ? 'launch' : 'launches'}. ${auditText(written)}`;
}
