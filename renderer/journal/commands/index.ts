import { defineCommands } from '../../app/index.ts';

export const journalCommands = defineCommands('Journal', {
  search: { title: 'Search the journal', keys: ['/'] },
});
