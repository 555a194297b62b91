import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Client } from '../../shared/contract/index.ts';

/** Query options, keys and mutations for every procedure of the contract. */
export const queriesFor = (client: Client) => createTanstackQueryUtils(client);
export type Queries = ReturnType<typeof queriesFor>;

/** A way to the service, and the sentence that says why it was closed, once it is. */
export interface Connection {
  client: Client;
  closed: Promise<string>;
}

export type LinkState =
  | { phase: 'connected' }
  /** The screens stay as they were; `nextTry` is a moment in milliseconds. */
  | { phase: 'lost'; why: string; since: number; nextTry: number };

export interface Service {
  client: Client;
  queries: Queries;
  link: LinkState;
  tryAgain: () => void;
}

export const ServiceContext = createContext<Service | null>(null);

export function useService(): Service {
  const service = useContext(ServiceContext);
  if (!service) throw new Error('useService needs a ServiceProvider above it');
  return service;
}

/** Answers stay good until the service says otherwise, and a laptop without a network still reaches its own service. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
