import { CopyError } from '../launch/index.ts';

/** What may be asked about a copy that came in a review file: to read it, to sign, and to open something else. */
const allowed: Readonly<Record<string, readonly string[] | 'all'>> = {
  session: 'all',
  settings: 'all',
  paths: 'all',
  journal: 'all',
  pack: ['current', 'recent', 'worked', 'open', 'openWorked', 'close'],
  checklist: ['get', 'item', 'export', 'lint'],
  checks: ['list'],
  board: ['get'],
  runbook: ['list', 'get', 'log', 'findInLog', 'watchLog'],
  hardware: ['hosts', 'laptop', 'watchLoad'],
  sandbox: ['get', 'stop'],
  compute: ['files', 'jobs', 'answer', 'models', 'trials'],
  signoff: [
    ...['get', 'signers', 'makeKey', 'toSign', 'watchPrompts', 'answerPrompt'],
    ...['sign', 'review', 'withdraw', 'export', 'import'],
    ...['draft', 'saveDraft', 'attach', 'attachment', 'signDraft', 'sharedFolder', 'exchange'],
  ],
};

/**
 * Keeps a copy what it was when it was written: its items are somebody else's, its hosts are theirs, and what this machine
 * has on its disk proves nothing about theirs.
 * @throws CopyError where a procedure would change, measure or run something
 */
export function assertMayBeAskedOfCopy([domain = '', procedure = '']: readonly string[]): void {
  const some = allowed[domain];
  if (some === 'all' || some?.includes(procedure)) return;
  throw new CopyError(
    'This is a copy to review: nothing in it is changed, measured or run. Mark and sign on the Review screen, and send that back.',
  );
}
