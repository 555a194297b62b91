import type { Layout } from './layout.ts';
import type { Memory } from './memory.ts';
import { freePorts, isFree } from './ports.ts';
import { serviceRuns } from './services.ts';
import { sshdOf } from './sshd.ts';

/**
 * Gives every server a port: the one it had, unless another program has taken it in the meantime. What runs keeps its
 * port in any case.
 */
export async function assignPorts(layout: Layout, memory: Memory): Promise<Memory> {
  const wanted = memory.hosts.flatMap(({ name, port, services }) => [
    { port, runs: async () => (await sshdOf(layout.host(name))) !== null },
    ...memory.systems.map((system) => ({
      port: services[system.name] ?? 0,
      runs: () => serviceRuns(layout.host(name).root(system.name), system.name),
    })),
  ]);
  const kept = await Promise.all(
    wanted.map(async ({ port, runs }) => (port > 0 && ((await runs()) || (await isFree(port))) ? port : 0)),
  );
  const fresh = await freePorts(kept.filter((port) => port === 0).length);
  const ports = kept.map((port) => port || (fresh.shift() ?? 0));
  return {
    ...memory,
    hosts: memory.hosts.map((host) => ({
      name: host.name,
      port: ports.shift() ?? 0,
      services: Object.fromEntries(memory.systems.map(({ name }) => [name, ports.shift() ?? 0])),
    })),
  };
}
