import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../shared/contract/index.ts';
import { findInstallation, type Host } from '../hosts/index.ts';
import { createTimeline, openBlobs, openJournal } from '../journal/index.ts';
import { type Period, periodFactsOf } from '../launch/index.ts';
import { projections, tellers } from '../recorded.ts';
import { type Printer, periodBundle, withPdf, writeBundle } from '../report/index.ts';
import { digestOf, readBundleFiles } from '../signoff/index.ts';
import { InputError } from './exit.ts';

export interface WrittenAudit {
  files: number;
  /** SHA-256 of SHA256SUMS: whoever keeps it elsewhere can tell this bundle from any other. */
  digest: string;
}

export interface WrittenPeriod extends WrittenAudit {
  launches: number;
}

/** Writes the bundle of the launch that is open; with a printer, the report as a PDF in it. */
export async function writeAudit(
  client: Client,
  path: string,
  printer: Printer | null,
): Promise<WrittenAudit> {
  if (!printer) return client.signoff.audit({ path });
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-audit-'));
  try {
    await client.signoff.audit({ path: join(folder, 'bundle') });
    return write(path, await withPdf(readBundleFiles(join(folder, 'bundle')), printer));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the audit of all launches of a period from the journal of a data folder. No pack is opened. */
export async function writePeriod(
  dataFolder: string,
  path: string,
  period: Period,
  printer: Printer | null,
): Promise<WrittenPeriod> {
  const journal = openJournal(dataFolder, { projections });
  try {
    const facts = periodFactsOf(
      {
        journal,
        blobs: openBlobs(join(dataFolder, 'blobs')),
        timeline: createTimeline(journal, tellers),
        toolVersion: findInstallation().version,
        now: new Date(),
      },
      period,
    );
    return { ...write(path, await periodBundle(facts, printer)), launches: facts.launches.length };
  } finally {
    journal.close();
  }
}

/** What makes PDFs here. @throws InputError with what to do, where nothing does */
export function printerOf({ pdf }: Pick<Host, 'pdf'>): Printer {
  if (!pdf.can) throw new InputError(pdf.why);
  return pdf;
}

/** A day of the calendar, in UTC. @throws InputError */
export function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const day = Date.parse(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(day);
  if (isDay && new Date(day).toISOString().startsWith(text)) return text;
  throw new InputError(`${text} is no day. Write it as 2026-11-24.`);
}

function write(path: string, files: ReadonlyMap<string, Buffer>): WrittenAudit {
  writeBundle(path, files);
  return { files: files.size, digest: digestOf(files.get('SHA256SUMS') ?? Buffer.of()) };
}

export function auditText(path: string, { files, digest }: WrittenAudit): string {
  return `${files} files written to ${path}\nSHA-256 of SHA256SUMS: ${digest}\nVerify it there: sh verify.sh, or holdpoint verify ${path}`;
}

export function periodText(path: string, written: WrittenPeriod): string {
  return `${written.launches} ${written.launches === 1 ? 'launch' : 'launches'}. ${auditText(path, written)}`;
}
