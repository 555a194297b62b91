import { defineCommands } from '../../app/index.ts';

/** Apart from the screens, so that keys and palette know them before any of these screens is read. */
export const computeCommands = defineCommands('Compute', {
  claims: { title: 'Check the claims…', keys: ['s'], ownOnly: true },
  profile: { title: 'Profile a file…', keys: ['s'], ownOnly: true },
  drift: { title: 'Find drift between two files…', keys: ['d'], ownOnly: true },
  infer: { title: 'Run a model…', keys: ['s'], ownOnly: true },
  shadow: { title: 'Run two models side by side…', keys: ['d'], ownOnly: true },
  backtest: { title: 'Run a backtest…', keys: ['s'], ownOnly: true },
  compare: { title: 'Compare two configurations…', keys: ['s'], ownOnly: true },
  sweep: { title: 'Sweep a grid…', keys: ['s'], ownOnly: true },
  cancel: { title: 'Cancel the job', keys: ['x'] },
  again: { title: 'Compute it again', keys: ['Shift+R'], ownOnly: true },
  export: { title: 'Export its tables…', keys: ['e'] },
  forget: { title: 'Take it out of the list', keys: ['Delete'] },
  item: { title: 'Show the item', keys: ['o'] },
  champion: { title: 'Make it the champion', keys: ['c'], ownOnly: true },
  challenger: { title: 'Make it a challenger', keys: ['Shift+C'], ownOnly: true },
  plain: { title: 'Make it neither', keys: ['u'], ownOnly: true },
});
