import { oc } from '@orpc/contract';
import { z } from 'zod';
import { mode } from './common.ts';
import { ability } from './settings.ts';

const day = z.iso.date();

/**
 * Which launches: those of which anything was recorded on these days, in UTC, where null is an open end; or, without a
 * period, the one that is open.
 */
const wanted = z.object({ period: z.object({ from: day.nullable(), to: day.nullable() }).nullable() });
export type AuditWanted = z.infer<typeof wanted>;

/** What an audit would hold. */
export const auditScope = z.object({
  launches: z.array(
    z.object({
      id: z.string(),
      system: z.string(),
      version: z.string(),
      mode,
      /** Signed entries that are kept of it. */
      signatures: z.number().int(),
    }),
  ),
  /** Whether its reports can be printed here. */
  pdf: ability,
});
export type AuditScope = z.infer<typeof auditScope>;

export const auditWritten = z.object({
  /** Where it is now, in full. */
  path: z.string(),
  launches: z.number().int(),
  files: z.number().int(),
  /** SHA-256 of SHA256SUMS: whoever keeps it elsewhere can tell this audit from any other. */
  digest: z.string(),
  /** Why it has no PDF although one was asked for; empty where it has, or none was. */
  withoutPdf: z.string(),
});
export type AuditWritten = z.infer<typeof auditWritten>;

export const auditContract = {
  /** What would be written. Writes nothing. */
  scope: oc.input(wanted).output(auditScope),
  /** Writes it as a new zip or folder. Without a printer it is whole but for the PDF. */
  write: oc.input(wanted.extend({ path: z.string().min(1), pdf: z.boolean() })).output(auditWritten),
};
