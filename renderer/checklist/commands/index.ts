import { defineCommands } from '../../app/index.ts';

export const checklistCommands = defineCommands('Checklist', {
  next: { title: 'Next row', keys: ['j'], repeats: true },
  previous: { title: 'Previous row', keys: ['k'], repeats: true },
  children: { title: 'Open or close what is below', keys: ['Enter'] },
  search: { title: 'Search the list', keys: ['/'] },
  done: { title: 'Done', keys: ['x', 'Space'], ownOnly: true },
  reopen: { title: 'Reopen', keys: ['u'], ownOnly: true },
  active: { title: 'Start', keys: ['s'], ownOnly: true },
  failed: { title: 'Failed…', keys: ['f'], ownOnly: true },
  blocked: { title: 'Blocked…', keys: ['b'], ownOnly: true },
  waived: { title: 'Waive…', keys: ['w'], ownOnly: true },
  holds: { title: 'It holds', keys: ['y'], ownOnly: true },
  holdsNot: { title: 'It does not hold', keys: ['d'], ownOnly: true },
  review: { title: 'Mark in the review…', keys: ['m'] },
  note: { title: 'Note…', keys: ['n'], ownOnly: true },
  assign: { title: 'Assign…', keys: ['a'], ownOnly: true },
  rerun: { title: 'Re-run', keys: ['r'], ownOnly: true },
  override: { title: 'Override…', keys: ['o'], ownOnly: true },
  withdraw: { title: 'Withdraw the override', keys: ['o'], ownOnly: true },
});
