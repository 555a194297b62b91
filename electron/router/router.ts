import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';
import type { Pins, Timeline } from '../journal/index.ts';
import type { Session } from '../launch/index.ts';
import { auditProcedures } from './audit.ts';
import { boardProcedures } from './board.ts';
import { checklistProcedures } from './checklist.ts';
import { checksProcedures } from './checks.ts';
import { computeProcedures } from './compute.ts';
import { assertMayBeAskedOfCopy } from './copy-guard.ts';
import { hardwareProcedures } from './hardware.ts';
import { journalProcedures } from './journal.ts';
import { packProcedures } from './pack.ts';
import { pathProcedures } from './paths.ts';
import { runbookProcedures } from './runbook.ts';
import { sandboxProcedures } from './sandbox.ts';
import { sessionProcedures } from './session.ts';
import { settingsProcedures } from './settings.ts';
import { signoffProcedures } from './signoff.ts';

export interface RouterParts {
  session: Session;
  timeline: Timeline;
  pins: Pins;
  version: string;
}

/** The whole contract over one session. */
export function createRouter({ session, timeline, pins, version }: RouterParts) {
  const os = implement(contract).use(({ next, path }) => {
    if (session.launch?.copy) assertMayBeAskedOfCopy(path);
    return next();
  });
  return os.router({
    session: sessionProcedures(session),
    pack: packProcedures(session),
    checklist: checklistProcedures(session),
    checks: checksProcedures(session),
    board: boardProcedures(session),
    runbook: runbookProcedures(session),
    hardware: hardwareProcedures(session),
    journal: journalProcedures(session, timeline, pins),
    sandbox: sandboxProcedures(session),
    settings: settingsProcedures(session, version),
    compute: computeProcedures(session),
    signoff: signoffProcedures(session),
    audit: auditProcedures(session, timeline, version),
    paths: pathProcedures(session),
  });
}
