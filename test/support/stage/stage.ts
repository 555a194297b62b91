import { mount } from '../../../renderer/mount.tsx';
import { fakeClient } from './fake/client.ts';
import { World } from './fake/world.ts';
import { scenarios } from './scenarios.ts';

declare global {
  interface Window {
    /** The fake service, for tests that let something happen there. */
    stage: World;
  }
}

const [, name = ''] = location.pathname.split('/');
const scenario = scenarios[name];
const root = document.getElementById('root');
if (!root || !scenario) throw new Error(`there is no scenario "${name}"`);

const world = new World(scenario.state());
const client = fakeClient(world, scenario.options);
window.stage = world;

const startedAt = performance.now();
let connections = 0;

mount(root, async () => {
  connections += 1;
  const lost = scenario.lostAfterMs;
  if (connections > 1 && lost !== undefined) {
    const back =
      scenario.returnsMs !== undefined && performance.now() - startedAt > lost + scenario.returnsMs;
    if (!back) throw new Error('Nothing answers on the port of the service.');
  }
  const closed = new Promise<string>((resolve) => {
    if (lost !== undefined && connections === 1)
      setTimeout(() => resolve('The service process ended (signal 9).'), lost);
  });
  return { client, closed };
});
