import type { ContractRouterClient } from '@orpc/contract';
import { auditContract } from './audit.ts';
import { boardContract } from './board.ts';
import { checklistContract } from './checklist.ts';
import { checksContract } from './checks.ts';
import { computeContract } from './compute/index.ts';
import { hardwareContract } from './hardware.ts';
import { journalContract } from './journal.ts';
import { packContract } from './pack.ts';
import { pathsContract } from './paths.ts';
import { runbookContract } from './runbook.ts';
import { sandboxContract } from './sandbox.ts';
import { sessionContract } from './session.ts';
import { settingsContract } from './settings.ts';
import { signoffContract } from './signoff.ts';

/** Everything the window may ask of the service. One file per domain. */
export const contract = {
  session: sessionContract,
  pack: packContract,
  checklist: checklistContract,
  checks: checksContract,
  board: boardContract,
  runbook: runbookContract,
  hardware: hardwareContract,
  journal: journalContract,
  sandbox: sandboxContract,
  settings: settingsContract,
  signoff: signoffContract,
  compute: computeContract,
  audit: auditContract,
  paths: pathsContract,
};

export type Client = ContractRouterClient<typeof contract>;
