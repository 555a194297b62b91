import { createRouterClient } from '@orpc/server';
import type { Mode } from '../../shared/contract/common.ts';
import type { Client } from '../../shared/contract/index.ts';
import { localHost } from '../hosts/index.ts';
import { renderProblems } from '../pack/index.ts';
import { createService } from '../service.ts';
import { InputError } from './exit.ts';

/** Runs one command over the whole application, without a window, and closes it in good order. */
export async function withService<Result>(
  dataFolder: string,
  command: (client: Client) => Promise<Result>,
): Promise<Result> {
  const service = await createService({ dataFolder, host: localHost('headless') });
  try {
    return await command(createRouterClient(service.router) as Client);
  } finally {
    await service.close();
  }
}

/** Opens a pack, or says everything that is wrong with it. @throws InputError */
export async function openPack(client: Client, folder: string, mode: Mode): Promise<void> {
  const opened = await client.pack.open({ folder, mode });
  if (!opened.ok) throw new InputError(renderProblems(opened.problems));
}
