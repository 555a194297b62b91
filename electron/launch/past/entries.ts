import { z } from 'zod';
import { mode } from '../../../shared/contract/common.ts';
import { entryKind, type Teller, teller } from '../../journal/index.ts';

const pastRole = z.object({
  id: z.string(),
  title: z.string(),
  /** Patterns of names in allowed_signers; empty for a role that answers without a signature. */
  signers: z.array(z.string()),
  approvals: z.number().int(),
  deployerMaySign: z.boolean(),
  notAlso: z.array(z.string()),
});
export type PastRole = z.infer<typeof pastRole>;

/** A pack was opened, or is not what it was when it was opened last: who must answer, and whose keys count. */
export const launchOpened = entryKind(
  'launch.opened',
  z.object({
    launch: z.string(),
    system: z.string(),
    version: z.string(),
    mode,
    folder: z.string(),
    roles: z.array(pastRole),
    /** SHA-256 of the pack's files, which are kept beside the journal. */
    allowedSigners: z.string(),
    revokedKeys: z.string(),
  }),
);
export type OpenedBody = ReturnType<typeof launchOpened.parse>;

/** What the board said when a run was started, or when an answer made it say something else. */
export const boardStood = entryKind(
  'launch.board-stood',
  z.object({
    launch: z.string(),
    /** The run that was started; empty for none. */
    run: z.string(),
    decision: z.enum(['go', 'no-go']),
    /** The most urgent ones. */
    reasons: z.array(z.string()),
    /** How many there were. */
    of: z.number().int(),
  }),
);
export type BoardBody = ReturnType<typeof boardStood.parse>;

export const launchTellers: readonly Teller[] = [
  teller(launchOpened, ({ folder, mode: how, roles }) => ({
    text: `Opened ${folder}${how === 'rehearsal' ? ' as a rehearsal' : ''}: ${roles.length} roles have to answer`,
  })),
  teller(boardStood, ({ decision, reasons, of }) => ({
    text:
      decision === 'go' ? 'The board says GO' : `The board says NO-GO for ${of} reasons: ${reasons[0] ?? ''}`,
  })),
];
