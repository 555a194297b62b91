import { defineCommands } from '../../app/index.ts';

export const packCommands = defineCommands('Open a pack', {
  first: { title: 'Rehearse the first worked pack', keys: ['1'] },
  second: { title: 'Rehearse the second worked pack', keys: ['2'] },
  sandbox: { title: 'Start the sandbox', keys: ['3'] },
  again: { title: 'Read the files again', keys: ['r'] },
});
