import { defineCommands } from '../../app/index.ts';

export const journalCommands = defineCommands('Journal', {
  search: { title: 'Search the journal', keys: ['/'] },
  pin: { title: 'Pin and retell…', keys: ['p'] },
  unpin: { title: 'Take the pin off', keys: ['u'] },
  audit: { title: 'Write the audit…', keys: ['a'], ownOnly: true },
  story: { title: 'Export the curated timeline', keys: ['e'] },
});
