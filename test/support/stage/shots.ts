/** Every screen worth a look, with the keys that bring it about. */
export interface Shot {
  scenario: string;
  path: string;
  keys?: readonly string[];
  /** The connection is lost once the screen stands. */
  lost?: boolean;
}

const shot = (scenario: string, path: string, ...keys: string[]): Shot => ({ scenario, path, keys });

export const shots: Record<string, Shot> = {
  board: shot('real', '/'),
  'board-go': shot('go', '/'),
  'board-rehearsal': shot('rehearsal', '/'),
  'board-held': shot('held', '/'),
  'board-empty': shot('empty', '/'),
  'board-overfull': shot('overfull', '/'),
  'board-answer': shot('real', '/', 'a'),
  'board-hold': shot('real', '/', 'h'),
  checklist: shot('real', '/checklist?item=%22i50%22'),
  'checklist-gates': shot('real', '/checklist?filter=%22gates%22'),
  'checklist-finding': shot('real', '/checklist?item=%22i6%22'),
  'checklist-empty': shot('empty', '/checklist'),
  'checklist-overfull': shot('overfull', '/checklist'),
  'checklist-changed': shot('changed', '/checklist'),
  'checklist-gate': shot('real', '/checklist?item=%22i50%22', 'x'),
  'checklist-waive': shot('real', '/checklist', 'w'),
  findings: shot('real', '/findings'),
  runs: shot('real', '/runs'),
  'runs-empty': shot('rehearsal', '/runs'),
  plan: shot('real', '/runs/plan?runbook=%22deploy%22&target=%22production%22'),
  'plan-start': shot('real', '/runs/plan?runbook=%22deploy%22&target=%22production%22', 's'),
  'plan-secrets': shot('secret', '/runs/plan?runbook=%22deploy%22&target=%22staging%22'),
  run: shot('real', '/runs/r37'),
  'run-holding': shot('holding', '/runs/r37'),
  'run-release': shot('holding', '/runs/r37', 'r'),
  'run-failed': shot('failed', '/runs/r37'),
  'run-lost': shot('lost', '/runs/r37'),
  'run-unknown': shot('unknown', '/runs/r37'),
  'run-secret': shot('secret', '/runs/r37'),
  'run-stopped': shot('stopped', '/runs/r37'),
  'run-done': shot('real', '/runs/r35'),
  'run-rollback': shot('real', '/runs/r37', 'Shift+B'),
  'run-overfull': shot('overfull', '/runs/r37'),
  hosts: shot('real', '/hosts'),
  'hosts-troubled': shot('troubled', '/hosts?host=%22prd-3%22'),
  'hosts-trust': shot('troubled', '/hosts?host=%22prd-3%22', 'e'),
  'hosts-rehearsal': shot('rehearsal', '/hosts?host=%22stg-1%22'),
  'hosts-overfull': shot('overfull', '/hosts'),
  journal: shot('real', '/journal'),
  'journal-empty': shot('empty', '/journal'),
  settings: shot('real', '/settings'),
  pack: shot('nopack', '/'),
  'pack-broken': shot('broken', '/', '1'),
  palette: shot('real', '/', 'Control+k'),
  away: { scenario: 'real', path: '/', lost: true },
  damaged: shot('damaged', '/'),
};
