import { existsSync } from 'node:fs';
import { implement } from '@orpc/server';
import { type AuditWanted, auditContract } from '../../shared/contract/audit.ts';
import type { Timeline } from '../journal/index.ts';
import { auditFactsOf, periodFactsOf, periodScopeOf, type Session } from '../launch/index.ts';
import {
  auditBundleInTurns,
  type Printer,
  periodBundle,
  withPdf,
  writeBundleInTurns,
} from '../report/index.ts';
import { digestOf } from '../signoff/index.ts';
import { placeOf } from './place.ts';

const wholeTimeline = { before: null, limit: Number.MAX_SAFE_INTEGER, groups: [], text: '' };

/** The files of an audit, with the reports as PDF where there is a printer. */
type Make = (printer: Printer | null) => Promise<Map<string, Buffer>>;

export function auditProcedures(session: Session, timeline: Timeline, version: string) {
  const os = implement(auditContract);
  const { host } = session;

  const plan = ({ period }: AuditWanted): { launches: number; make: Make } => {
    const { journal, blobs } = session;
    if (period) {
      const parts = { journal, blobs, timeline, toolVersion: version, now: session.now() };
      const facts = periodFactsOf(parts, period);
      return { launches: facts.launches.length, make: (printer) => periodBundle(facts, printer) };
    }
    const launch = session.need();
    const { rows } = timeline.page({ launch: launch.id, ...wholeTimeline });
    const facts = { timeline: rows.toReversed(), toolVersion: version, now: session.now() };
    const bundle = auditBundleInTurns(auditFactsOf(launch, facts));
    return { launches: 1, make: async (printer) => (printer ? withPdf(await bundle, printer) : bundle) };
  };

  return {
    scope: os.scope.handler(({ input: { period } }) => {
      const pdf = { can: host.pdf.can, why: host.pdf.why };
      if (period) return { launches: periodScopeOf(session.journal, period), pdf };
      const launch = session.need();
      const { id, system, version: of, mode } = launch.describe();
      const signatures = launch.signoffs.entries().length + launch.signoffs.refused().length;
      return { launches: [{ id, system, version: of, mode, signatures }], pdf };
    }),
    write: os.write.handler(async ({ input: { path: typed, pdf, ...wanted } }) => {
      const path = placeOf(typed);
      // Printing takes its time; what cannot be written in the end is said before.
      if (existsSync(path)) throw new Error(`There is a ${path} already. Name one that is not there.`);
      const { launches, make } = plan(wanted);
      const { files, withoutPdf } = await printed(make, pdf ? host.pdf : null);
      await writeBundleInTurns(path, files);
      const digest = digestOf(files.get('SHA256SUMS') ?? Buffer.of());
      return { path, launches, files: files.size, digest, withoutPdf };
    }),
  };
}

/** An audit without a PDF is still an audit: whatever keeps the host from printing is told, and the rest is made. */
async function printed(make: Make, printer: Session['host']['pdf'] | null) {
  if (!printer) return { files: await make(null), withoutPdf: '' };
  if (!printer.can) return { files: await make(null), withoutPdf: printer.why };
  try {
    return { files: await make(printer), withoutPdf: '' };
  } catch (error) {
    return { files: await make(null), withoutPdf: (error as Error).message };
  }
}
