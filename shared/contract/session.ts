import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { item } from './checklist.ts';

/** The line at the foot of the window. */
export const session = z.object({
  journal: z.object({ entries: z.number().int(), problem: z.string() }),
  runs: z.array(z.object({ id: z.string(), text: z.string(), state: z.string() })),
  awake: z.string(),
  power: z.string(),
  hosts: z.object({ connected: z.number().int(), known: z.number().int() }),
  sandbox: z.enum(['stopped', 'starting', 'running']),
});
export type Session = z.infer<typeof session>;

/** What to ask for again. A topic is sent a few times a second at most; `items` carries the changed rows themselves. */
export const change = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('items'), items: z.array(item) }),
  z.object({ topic: z.literal('run'), run: z.string() }),
  z.object({
    topic: z.enum([
      'launch',
      'checklist',
      'board',
      'runs',
      'hosts',
      'journal',
      'settings',
      'sandbox',
      'session',
      'compute',
      'sharing',
    ]),
  }),
  z.object({
    topic: z.literal('notice'),
    title: z.string(),
    text: z.string(),
    tone: z.enum(['calm', 'alarm']),
  }),
]);
export type Change = z.infer<typeof change>;

export const sessionContract = {
  get: oc.output(session),
  watch: oc.output(eventIterator(change)),
};
