import { defineCommands } from '../../app/index.ts';

export const signoffCommands = defineCommands('Sign-off', {
  sign: { title: 'Sign an answer…', keys: ['a'] },
  withdraw: { title: 'Take the answer back…', keys: ['t'] },
  makeKey: { title: 'Make a key…', keys: ['n'] },
  audit: { title: 'Write the audit…', keys: ['e'], ownOnly: true },
});
