import { defineCommands } from '../../app/index.ts';

export const hostCommands = defineCommands('Hosts', {
  probe: { title: 'Look again', keys: ['r'], ownOnly: true },
  probeAll: { title: 'Look at all hosts', keys: ['Shift+R'], ownOnly: true },
  trust: { title: 'Look at the host key…', keys: ['e'], ownOnly: true },
  sandbox: { title: 'Start the sandbox', ownOnly: true },
  stopSandbox: { title: 'Stop the sandbox' },
});
