import type { Client } from '../../shared/contract/index.ts';
import type { Terminal } from './terminal.ts';

/** What takes no longer needs no progress. */
const quietMs = 1_000;
const sayEveryMs = 2_000;

/** Says now and then how far the adding to a shared folder is, and ends it when the terminal says so. */
export async function sharing<Result>(
  client: Client,
  { say }: Pick<Terminal, 'say'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [stop, ended] = [new AbortController(), new AbortController()];
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const telling = tell(client, say, ended.signal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    ended.abort();
    await telling;
  }
}

async function tell(client: Client, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  let sayAt = performance.now() + quietMs;
  for await (const { topic } of await client.session.watch(undefined, { signal })) {
    const now = topic === 'sharing' ? await client.signoff.sharing() : null;
    if (!now || performance.now() < sayAt) continue;
    sayAt = performance.now() + sayEveryMs;
    say(`${now.done} of ${now.total} files`);
  }
}
