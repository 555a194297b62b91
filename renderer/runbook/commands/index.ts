import { defineCommands } from '../../app/index.ts';

export const runCommands = defineCommands('Run', {
  start: { title: 'Start', keys: ['s'] },
  planAgain: { title: 'Plan again', keys: ['r'] },
  release: { title: 'Release the hold…', keys: ['r'] },
  refuse: { title: 'Refuse…', keys: ['x'], danger: true },
  secrets: { title: 'Give the secrets…', keys: ['e'] },
  goOn: { title: 'Let it go on…', keys: ['c'] },
  retry: { title: 'Retry', keys: ['1'] },
  skip: { title: 'Skip with a reason…', keys: ['2'] },
  leaveOut: { title: 'Leave this host out…', keys: ['3'] },
  done: { title: 'It is done…', keys: ['4'] },
  stop: { title: 'Stop here…', keys: ['5'], danger: true },
  stopAfter: { title: 'Stop after this step', keys: ['s'] },
  stopNow: { title: 'Stop now…', keys: ['Shift+S'], danger: true },
  follow: { title: 'Follow the output', keys: ['f'] },
  search: { title: 'Search the output', keys: ['/'] },
});
