import { defineCommands } from '../../app/index.ts';

/** Apart from the screens, so that keys and palette know them before any of these screens is read. */
export const computeCommands = defineCommands('Compute', {
  claims: { title: 'Check the claims…', keys: ['s'] },
  profile: { title: 'Profile a file…', keys: ['s'] },
  drift: { title: 'Find drift between two files…', keys: ['d'] },
  infer: { title: 'Run a model…', keys: ['s'] },
  shadow: { title: 'Run two models side by side…', keys: ['d'] },
  backtest: { title: 'Run a backtest…', keys: ['s'] },
  compare: { title: 'Compare two configurations…', keys: ['s'] },
  sweep: { title: 'Sweep a grid…', keys: ['s'] },
  cancel: { title: 'Cancel the job', keys: ['x'] },
  again: { title: 'Compute it again', keys: ['Shift+R'] },
  export: { title: 'Export its tables…', keys: ['e'] },
  forget: { title: 'Take it out of the list', keys: ['Delete'] },
  item: { title: 'Show the item', keys: ['o'] },
  champion: { title: 'Make it the champion', keys: ['c'] },
  challenger: { title: 'Make it a challenger', keys: ['Shift+C'] },
  plain: { title: 'Make it neither', keys: ['u'] },
});
