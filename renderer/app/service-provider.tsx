import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Client } from '../../shared/contract/index.ts';
import { followChanges } from './changes.ts';
import { sentenceOf } from './errors.ts';
import { useNotify } from './notices.tsx';
import { type Connection, createCache, type LinkState, queriesFor, ServiceContext } from './service.ts';
import { Starting } from './starting.tsx';

/** Pauses between tries to reach the service again, in milliseconds. The last one repeats. */
const pausesMs = [250, 500, 1000, 2000, 4000];
const steadyMs = 5000;

/**
 * Keeps the window connected. Until the first connection there is nothing to show but its state; after that the
 * screens stay, with what was last read, whatever becomes of the connection.
 */
export function ServiceProvider({
  connect,
  children,
}: {
  connect: () => Promise<Connection>;
  children: ReactNode;
}) {
  const notify = useNotify();
  const [cache] = useState(createCache);
  const [client, setClient] = useState<Client | null>(null);
  const [link, setLink] = useState<LinkState>({ phase: 'lost', why: '', since: Date.now(), nextTry: 0 });
  const tryNow = useRef<() => void>(() => undefined);
  const tryAgain = useCallback(() => tryNow.current(), []);

  useEffect(() => {
    const end = new AbortController();
    const aborted = new Promise<string>((resolve) => {
      end.signal.addEventListener('abort', () => resolve(''));
    });
    let failures = 0;
    let since = Date.now();

    const keepConnected = async () => {
      while (!end.signal.aborted) {
        const triedAt = Date.now();
        const why = await connect().then(stayConnected, sentenceOf);
        if (end.signal.aborted) return;
        // A connection that held for a while was a good one; one that breaks at once must not be tried without rest.
        if (Date.now() - triedAt > steadyMs) failures = 0;
        const pauseMs = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0;
        failures += 1;
        setLink({ phase: 'lost', why, since, nextTry: Date.now() + pauseMs });
        await rest(pauseMs);
      }
    };

    const rest = (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        tryNow.current = () => {
          clearTimeout(timer);
          resolve();
        };
      });

    /** Gives the reason the connection ended. */
    const stayConnected = async ({ client: fresh, closed }: Connection): Promise<string> => {
      if (end.signal.aborted) return '';
      setClient(() => fresh);
      setLink({ phase: 'connected' });
      const over = new AbortController();
      const following = followChanges(fresh, cache, queriesFor(fresh), over.signal, notify).then(
        () => 'The service has stopped sending changes.',
        sentenceOf,
      );
      void cache.invalidateQueries();
      const why = await Promise.race([closed, following, aborted]);
      over.abort();
      since = Date.now();
      return why;
    };

    void keepConnected();
    return () => {
      end.abort();
      tryNow.current();
    };
  }, [connect, cache, notify]);

  const service = useMemo(
    () => client && { client, queries: queriesFor(client), link, tryAgain },
    [client, link, tryAgain],
  );
  if (!service) return <Starting why={link.phase === 'lost' ? link.why : ''} tryAgain={tryAgain} />;
  return (
    <QueryClientProvider client={cache}>
      <ServiceContext value={service}>{children}</ServiceContext>
    </QueryClientProvider>
  );
}
