import { defineCommands } from '../../app/index.ts';

export const hostCommands = defineCommands('Hosts', {
  probe: { title: 'Look again', keys: ['r'] },
  probeAll: { title: 'Look at all hosts', keys: ['Shift+R'] },
  trust: { title: 'Look at the host key…', keys: ['e'] },
  sandbox: { title: 'Start the sandbox' },
  stopSandbox: { title: 'Stop the sandbox' },
});
