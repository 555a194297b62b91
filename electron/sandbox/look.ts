import type { SandboxHost } from '../../shared/contract/sandbox.ts';
import { noFault, readFault } from './faults.ts';
import type { Layout } from './layout.ts';
import type { Memory } from './memory.ts';
import { servedVersion } from './services.ts';
import { sshdOf } from './sshd.ts';

/** Every host as it is now. */
export function lookAtHosts(layout: Layout, { hosts, systems }: Memory): Promise<SandboxHost[]> {
  return Promise.all(
    hosts.map(async ({ name, port, services: ports }) => {
      const host = layout.host(name);
      const services = await Promise.all(
        systems.map(async ({ name: system }) => {
          const port = ports[system] ?? 0;
          return { system, port, serves: await servedVersion(port) };
        }),
      );
      const faults = systems.map((system) => readFault(host.root(system.name)));
      const { fault, version } = faults.find((set) => set.fault !== 'none') ?? noFault;
      return {
        host: name,
        port,
        home: host.home,
        running: (await sshdOf(host)) !== null,
        serves: services
          .filter(({ serves }) => serves !== '')
          .map(({ system, serves }) => `${system} ${serves}`)
          .join(' · '),
        services,
        fault,
        faultVersion: version,
      };
    }),
  );
}
