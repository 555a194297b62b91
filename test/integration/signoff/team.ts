import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished } from 'vitest';
import { type Host, localHost } from '../../../electron/hosts/index.ts';
import { createService } from '../../../electron/service.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { launchYaml } from '../../support/signed-pack.ts';
import { Oracle } from './oracle.ts';

export const checklist = `# Launch

## Model

- [ ] Sharpe ratio > 0.75

## Operations

- [ ] Free space > 100 GB
`;

/** Two people's keys, and a pack that believes both. Ada's key has a passphrase. */
export function team() {
  const keys = new Oracle(temporaryFolder());
  const bob = keys.makeKey('bob', 'ecdsa', 256);
  keys.run(['-q', '-t', 'ed25519', '-N', 'open sesame', '-C', '', '-f', 'ada']);
  const ada = readFileSync(join(keys.folder, 'ada.pub'), 'utf8').trim();
  const pack = join(temporaryFolder(), 'pack');
  mkdirSync(join(pack, 'runbooks'), { recursive: true });
  const files = {
    'checklist.md': checklist,
    'launch.yaml': launchYaml,
    allowed_signers: `ada@example.com ${ada}\nbob@example.com namespaces="holdpoint-signoff" ${bob}\n`,
    'sharpe.txt': '0.91\n',
    'space.txt': '612\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(pack, name), text);
  return { pack, keyOf: (name: string) => join(keys.folder, name) };
}

/** Somebody's own Holdpoint: a data folder of their own, over the pack in this folder or in this review file. */
export async function openAt(pack: string, at: Place = {}): Promise<Client> {
  return (await startAt(pack, at)).client;
}

interface Place {
  dataFolder?: string;
  host?: Partial<Host>;
}

/** The same, to be closed before the test is over. */
export async function startAt(pack: string, { dataFolder = temporaryFolder(), host = {} }: Place) {
  const service = await createService({ dataFolder, host: { ...localHost('headless'), ...host } });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= service.close());
  onTestFinished(close);
  const client = createRouterClient(service.router) as Client;
  expect(await client.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
  return { client, close };
}

/** Answers the prompts of a client with this passphrase until the test has ended. Gives what was asked. */
export async function answering(client: Client, passphrase: string | null): Promise<string[]> {
  const asked: string[] = [];
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  const prompts = await client.signoff.watchPrompts(undefined, { signal: ended.signal });
  void (async () => {
    for await (const { id, kind, text, open } of prompts) {
      if (!open) continue;
      asked.push(`${kind}: ${text}`);
      await client.signoff.answerPrompt({ id, answer: passphrase });
    }
  })();
  return asked;
}
