import { defineCommands } from '../commands/index.ts';

/** What can be done from any screen. */
export const windowCommands = defineCommands('Window', {
  palette: { title: 'Find a command or an item', keys: ['Mod+k'] },
  launch: { title: 'Go to Launch', keys: ['g l'] },
  checklist: { title: 'Go to Checklist', keys: ['g c'] },
  signoff: { title: 'Go to Sign-off', keys: ['g o'] },
  runs: { title: 'Go to Runs', keys: ['g r'] },
  run: { title: 'Go to what is running now', keys: ['g n'] },
  hosts: { title: 'Go to Hosts', keys: ['g h'] },
  gates: { title: 'Go to Gates', keys: ['g g'] },
  findings: { title: 'Go to Findings', keys: ['g f'] },
  claims: { title: 'Go to Claims', keys: ['g a'] },
  backtests: { title: 'Go to Backtests', keys: ['g b'] },
  compare: { title: 'Go to Compare', keys: ['g p'] },
  sweep: { title: 'Go to Sweep', keys: ['g w'] },
  models: { title: 'Go to Models', keys: ['g m'] },
  data: { title: 'Go to Data', keys: ['g d'] },
  review: { title: 'Go to Review', keys: ['g v'] },
  journal: { title: 'Go to Journal', keys: ['g j'] },
  settings: { title: 'Go to Settings', keys: ['g s'] },
  keys: { title: 'Show all keyboard shortcuts', keys: ['?'] },
  dark: { title: 'Use the dark theme' },
  light: { title: 'Use the light theme' },
  contrast: { title: 'Use the high-contrast theme' },
  system: { title: "Use the system's theme" },
});

/** What can be done with the open launch, from any screen. */
export const launchCommands = defineCommands('Pack', {
  rollBack: { title: 'Roll back…', keys: ['Shift+B'], danger: true, ownOnly: true },
  hold: { title: 'Hold the clock', keys: ['h'], ownOnly: true },
  resume: { title: 'Resume the clock', keys: ['h'], ownOnly: true },
  setT0: { title: 'Set T-0', ownOnly: true },
  reload: { title: 'Read the pack again', ownOnly: true },
  goLive: { title: 'Go LIVE…', danger: true, ownOnly: true },
  rehearse: { title: 'Rehearse instead', ownOnly: true },
  export: { title: 'Export the checklist as Markdown' },
  open: { title: 'Open another pack' },
  close: { title: 'Close the pack' },
});
