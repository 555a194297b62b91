import { oc } from '@orpc/contract';
import { z } from 'zod';
import { link } from './board.ts';
import { instant } from './common.ts';

export const journalStatus = z.object({
  entries: z.number().int(),
  verified: z.boolean(),
  /** Why nothing is written, in a sentence; empty when all is well. */
  problem: z.string(),
  device: z.string(),
  lastBackup: instant.nullable(),
});
export type JournalStatus = z.infer<typeof journalStatus>;

/** An entry as the timeline tells it. */
export const timelineRow = z.object({
  device: z.string(),
  seq: z.number().int(),
  at: instant,
  author: z.string(),
  kind: z.string(),
  /** What happened, in a sentence. */
  text: z.string(),
  /** The first word of the kind, for filtering: item, check, role, signoff, run, trial, model, clock and others. */
  group: z.string(),
  hash: z.string(),
  link: link.nullable(),
});
export type TimelineRow = z.infer<typeof timelineRow>;

/** An entry that somebody chose to tell of: the curated timeline is made of these. */
export const pin = z.object({
  row: timelineRow,
  /** What is said of it, in somebody's own words; may be empty. */
  note: z.string(),
  by: z.string(),
  at: instant,
});
export type Pin = z.infer<typeof pin>;

const place = z.object({ device: z.string(), seq: z.number().int() });

export const journalContract = {
  status: oc.output(journalStatus),
  /** Newest first. `before` is the position given with the last page. */
  page: oc
    .input(
      z.object({
        before: z.number().int().nullable().default(null),
        limit: z.number().int().max(500).default(200),
        groups: z.array(z.string()).default([]),
        text: z.string().default(''),
      }),
    )
    .output(
      z.object({ rows: z.array(timelineRow), before: z.number().int().nullable(), total: z.number().int() }),
    ),
  /** The raw entry, with the fields its hash covers. */
  entry: oc.input(place).output(z.object({ json: z.string() })),
  /** In the order in which things happened. */
  pins: oc.output(z.array(pin)),
  /** Pins an entry, or tells it in other words. */
  pin: oc.input(place.extend({ note: z.string().default('') })).output(z.array(pin)),
  unpin: oc.input(place).output(z.array(pin)),
  /** The curated timeline as a Markdown document. */
  story: oc.output(z.object({ name: z.string(), markdown: z.string() })),
};
