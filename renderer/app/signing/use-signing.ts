import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SigningPrompt, SignoffsView } from '../../../shared/contract/signoff.ts';
import { useService } from '../service.ts';
import { useAction } from '../use-action.ts';
import type { Signer } from './signer.ts';

export interface Signing {
  start: (by: Signer) => void;
  busy: boolean;
  problem: string | null;
  /** What the program that signs asks now. */
  prompt: SigningPrompt | null;
  /** Null says no. */
  reply: (answer: string | null) => void;
}

/** Signs, and holds what is asked meanwhile. Whoever leaves before it is done ends it, and nothing is signed. */
export function useSigning(
  perform: (by: Signer, signal: AbortSignal) => Promise<SignoffsView>,
  onDone: () => void,
): Signing {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [open, setOpen] = useState<readonly SigningPrompt[]>([]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const follow = useCallback(
    async (signal: AbortSignal) => {
      try {
        for await (const prompt of await client.signoff.watchPrompts(undefined, { signal })) {
          setOpen((known) => {
            const others = known.filter(({ id }) => id !== prompt.id);
            return prompt.open ? [...others, prompt] : others;
          });
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    [client],
  );
  const sign = useAction(
    async (by: Signer) => {
      const ended = new AbortController();
      running.current = ended;
      const failed = follow(ended.signal).then(() => new Promise<never>(() => {}));
      try {
        return await Promise.race([perform(by, ended.signal), failed]);
      } finally {
        ended.abort();
        setOpen([]);
      }
    },
    {
      onDone: (view) => {
        cache.setQueryData(queries.signoff.get.queryKey(), view);
        void cache.invalidateQueries({ queryKey: queries.signoff.signers.key() });
        void cache.invalidateQueries({ queryKey: queries.board.key() });
        onDone();
      },
    },
  );
  const prompt = open[0] ?? null;
  const reply = useAction((answer: string | null) => {
    if (!prompt) return Promise.resolve(null);
    setOpen((known) => known.filter(({ id }) => id !== prompt.id));
    return client.signoff.answerPrompt({ id: prompt.id, answer });
  });
  return { start: sign.run, busy: sign.busy, problem: sign.problem, prompt, reply: reply.run };
}
