import { defineCommands } from '../../app/index.ts';

export const reviewCommands = defineCommands('Review', {
  mark: { title: 'Mark an item…', keys: ['m'] },
  comment: { title: 'Comment…', keys: ['c'] },
  attach: { title: 'Attach a file…', keys: ['f'] },
  sign: { title: 'Sign the review…', keys: ['s'] },
  settle: { title: 'Settle the dispute…', keys: ['d'] },
  take: { title: 'Take over…', keys: ['t'], ownOnly: true },
  import: { title: 'Take in a review…', keys: ['i'] },
  share: { title: 'Shared folder…', keys: ['x'] },
  export: { title: 'Export for others…', keys: ['e'] },
});
