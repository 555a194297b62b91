import { mount } from '../../../renderer/mount.tsx';
import { fakeClient } from './fake/client.ts';
import { World } from './fake/world.ts';
import { scenarios } from './scenarios.ts';

declare global {
  interface Window {
    stage: {
      /** Ends the connection, and lets none come about until `comeBack`. */
      lose: () => void;
      comeBack: () => void;
    };
  }
}

const [, name = ''] = location.pathname.split('/');
const scenario = scenarios[name];
const root = document.getElementById('root');
if (!root || !scenario) throw new Error(`there is no scenario "${name}"`);

const client = fakeClient(new World(scenario.state()), scenario.options);
let isThere = true;
let close: (why: string) => void = () => undefined;

window.stage = {
  lose: () => {
    isThere = false;
    close('The service process ended (signal 9).');
  },
  comeBack: () => {
    isThere = true;
  },
};

mount(root, async () => {
  if (!isThere) throw new Error('Nothing answers on the port of the service.');
  const closed = new Promise<string>((resolve) => {
    close = resolve;
  });
  return { client, closed };
});
