import type { contract } from '../../shared/contract/index.ts';
import { CopyError } from '../launch/index.ts';

type Contract = typeof contract;

/**
 * What may be asked about a copy that came in a review file: to read it, to sign, to exchange what was signed, to look
 * after what this machine does for others, and to open something else. Whatever is not named here is refused.
 */
const allowed: { readonly [Domain in keyof Contract]: readonly (keyof Contract[Domain])[] } = {
  session: ['get', 'watch'],
  settings: ['get', 'set', 'about', 'secrets', 'forgetSecret'],
  paths: ['pick', 'complete'],
  // Pins are one's own notes, in one's own journal.
  journal: ['status', 'page', 'entry', 'pins', 'pin', 'unpin', 'story'],
  pack: ['current', 'recent', 'worked', 'open', 'openWorked', 'close'],
  checklist: ['get', 'item', 'export', 'lint'],
  checks: ['list'],
  board: ['get'],
  runbook: ['list', 'get', 'log', 'findInLog', 'watchLog'],
  hardware: ['hosts', 'laptop', 'watchLoad'],
  sandbox: ['get', 'stop'],
  // The jobs are this machine's, begun for whatever was open before.
  compute: ['files', 'providers', 'jobs', 'answer', 'models', 'trials', 'cancel', 'forget', 'export'],
  signoff: [
    ...(['get', 'signers', 'makeKey', 'toSign', 'watchPrompts', 'answerPrompt'] as const),
    ...([
      'sign',
      'review',
      'readReview',
      'withdraw',
      'export',
      'import',
      'sharedFolder',
      'exchange',
    ] as const),
    ...(['sharing', 'draft', 'saveDraft', 'attach', 'attachment', 'signDraft'] as const),
  ],
  // Runs stay at home: an audit that is written from a copy would say that nothing was run.
  audit: [],
};

/**
 * Keeps a copy what it was when it was written: its items are somebody else's, its hosts are theirs, and what this machine
 * has on its disk proves nothing about theirs.
 * @throws CopyError where a procedure would change, measure or run something
 */
export function assertMayBeAskedOfCopy([domain = '', procedure = '']: readonly string[]): void {
  const some = Object.hasOwn(allowed, domain) ? (allowed as Record<string, readonly string[]>)[domain] : [];
  if (some?.includes(procedure)) return;
  throw new CopyError(
    'This is a copy to review: nothing in it is changed, measured or run. Mark and sign on the Review screen, and send that back.',
  );
}
