import { type AnyRouter, createRouterClient, ORPCError, onError } from '@orpc/server';
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import type { Client } from '../../shared/contract/index.ts';
import type { StartArguments } from './arguments.ts';
import type { UnderWay } from './under-way.ts';

/** What an entry hands to its host: everything the window may ask, and what the host itself must know. */
export interface ServedService {
  readonly router: AnyRouter;
  /** What must not be cut off by closing the window. */
  underWay(): UnderWay[];
  close(): Promise<void>;
}

export type NoContext = Record<never, never>;

/**
 * Every error reaches the window with its own sentence. oRPC would hide the message of an error it does not know, but
 * here both ends belong to one person, and the message is what helps.
 */
export const rpcOptions: StandardRPCHandlerOptions<NoContext> = {
  interceptors: [
    onError((error) => {
      if (error instanceof ORPCError) return;
      console.error(error);
      const { message, code } = error as Error & { code?: unknown };
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message, data: { code: code ?? null }, cause: error });
    }),
  ],
};

/** Opens the pack named at the start. Gives what is wrong with it as lines to print; none when it is open. */
export async function openPack(
  router: AnyRouter,
  { pack, mode }: Pick<StartArguments, 'pack' | 'mode'>,
): Promise<string[]> {
  if (pack === null) return [];
  try {
    const { pack: procedures } = createRouterClient(router) as Client;
    const opened = await procedures.open({ folder: pack, mode });
    if (opened.ok) return [];
    return opened.problems.map(({ file, line, column, path, message }) =>
      [`${file}:${line}:${column}`, path, message].filter(Boolean).join('  '),
    );
  } catch (error) {
    return [(error as Error).message];
  }
}
