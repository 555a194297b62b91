import { defineCommands } from '../../app/index.ts';

export const boardCommands = defineCommands('Launch', {
  recheck: { title: 'Recheck all', keys: ['r'], ownOnly: true },
  answer: { title: 'Answer…', keys: ['a'], ownOnly: true },
});
