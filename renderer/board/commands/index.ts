import { defineCommands } from '../../app/index.ts';

export const boardCommands = defineCommands('Launch', {
  recheck: { title: 'Recheck all', keys: ['r'] },
  answer: { title: 'Answer…', keys: ['a'] },
});
