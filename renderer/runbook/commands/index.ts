import { defineCommands } from '../../app/index.ts';

export const runCommands = defineCommands('Run', {
  start: { title: 'Start', keys: ['s'], ownOnly: true },
  planAgain: { title: 'Plan again', keys: ['r'], ownOnly: true },
  release: { title: 'Release the hold…', keys: ['r'], ownOnly: true },
  refuse: { title: 'Refuse…', keys: ['x'], danger: true, ownOnly: true },
  secrets: { title: 'Give the secrets…', keys: ['e'], ownOnly: true },
  goOn: { title: 'Let it go on…', keys: ['c'], ownOnly: true },
  retry: { title: 'Retry', keys: ['1'], ownOnly: true },
  skip: { title: 'Skip with a reason…', keys: ['2'], ownOnly: true },
  leaveOut: { title: 'Leave this host out…', keys: ['3'], ownOnly: true },
  done: { title: 'It is done…', keys: ['4'], ownOnly: true },
  stop: { title: 'Stop here…', keys: ['5'], danger: true, ownOnly: true },
  stopAfter: { title: 'Stop after this step', keys: ['s'], ownOnly: true },
  stopNow: { title: 'Stop now…', keys: ['Shift+S'], danger: true, ownOnly: true },
  follow: { title: 'Follow the output', keys: ['f'] },
  search: { title: 'Search the output', keys: ['/'] },
});
