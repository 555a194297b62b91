import { defineCommands } from '../../app/index.ts';

export const checklistCommands = defineCommands('Checklist', {
  next: { title: 'Next row', keys: ['j'], repeats: true },
  previous: { title: 'Previous row', keys: ['k'], repeats: true },
  children: { title: 'Open or close what is below', keys: ['Enter'] },
  search: { title: 'Search the list', keys: ['/'] },
  done: { title: 'Done', keys: ['x', 'Space'] },
  reopen: { title: 'Reopen', keys: ['u'] },
  active: { title: 'Start', keys: ['s'] },
  failed: { title: 'Failed…', keys: ['f'] },
  blocked: { title: 'Blocked…', keys: ['b'] },
  waived: { title: 'Waive…', keys: ['w'] },
  holds: { title: 'It holds', keys: ['y'] },
  holdsNot: { title: 'It does not hold', keys: ['d'] },
  note: { title: 'Note…', keys: ['n'] },
  assign: { title: 'Assign…', keys: ['a'] },
  rerun: { title: 'Re-run', keys: ['r'] },
  override: { title: 'Override…', keys: ['o'] },
  withdraw: { title: 'Withdraw the override', keys: ['o'] },
});
