import { join } from 'node:path';
import { writeAccess } from './access-files.ts';
import { assignPorts } from './assign-ports.ts';
import { makeBundle } from './bundle.ts';
import { install } from './install.ts';
import type { Layout } from './layout.ts';
import { type Memory, type System, secretValue, writeMemory } from './memory.ts';
import type { Tools } from './tools.ts';
import { writeWhole } from './write.ts';

export interface Preparation {
  layout: Layout;
  memory: Memory;
  tools: Tools;
  resources: string;
  user: string;
  now: Date;
}

/** Puts everything in place that does not run: ports, keys, configuration, bundles, the previous release on each host. */
export async function prepare(preparation: Preparation): Promise<Memory> {
  const { layout, tools, user } = preparation;
  const memory = await assignPorts(layout, preparation.memory);
  writeMemory(layout, memory);
  await writeAccess(layout, memory, tools, user);
  for (const system of memory.systems) installEverywhere({ ...preparation, memory }, system);
  return memory;
}

function installEverywhere({ layout, memory, resources, now }: Preparation, system: System): void {
  const { name, version, previous } = system;
  writeWhole(layout.bundle(name, version), makeBundle(resources, name, version).bytes, 0o644);
  const bundle = makeBundle(resources, name, previous);
  for (const host of memory.hosts) {
    install({
      root: layout.host(host.name).root(name),
      version: previous,
      port: host.services[name] ?? 0,
      apiKeys: secretValue(layout, 'API_KEYS'),
      bundle,
      script: join(resources, 'service.sh'),
      now,
    });
  }
}
