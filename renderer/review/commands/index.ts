import { defineCommands } from '../../app/index.ts';

export const reviewCommands = defineCommands('Review', {
  mark: { title: 'Mark an item…', keys: ['m'] },
  comment: { title: 'Comment…', keys: ['c'] },
  sign: { title: 'Sign the review…', keys: ['s'] },
  settle: { title: 'Settle the dispute…', keys: ['d'] },
  import: { title: 'Take in a review…', keys: ['i'] },
  export: { title: 'Export for others…', keys: ['e'] },
});
