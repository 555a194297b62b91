import { oc } from '@orpc/contract';
import { z } from 'zod';
import { instant, mode, problem } from './common.ts';

export const role = z.object({
  id: z.string(),
  title: z.string(),
  /** Headings the role answers for; null means everything. */
  covers: z.array(z.string()).nullable(),
  deploys: z.boolean(),
  notAlso: z.array(z.string()),
  /** `T-00:30` as milliseconds before T-0, after which a missing answer is a no-go; null where there is no limit. */
  silenceNoGoMs: z.number().nullable(),
});
export type Role = z.infer<typeof role>;

export const target = z.object({
  name: z.string(),
  hosts: z.array(z.string()),
  /** Runs on it are rehearsals in any mode. */
  rehearsal: z.boolean(),
});
export type Target = z.infer<typeof target>;

export const contact = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Contact = z.infer<typeof contact>;

export const runbookEntry = z.object({
  /** File name without folder and ending: `deploy`. */
  name: z.string(),
  title: z.string(),
  does: z.string(),
});
export type RunbookEntry = z.infer<typeof runbookEntry>;

/** T-0 and the holds of the countdown. `shared/clock.ts` computes what the clock shows. */
export const countdown = z.object({
  t0: instant.nullable(),
  /** Finished holds push T-0 back by this much. */
  heldMs: z.number(),
  hold: z.object({ since: instant, reason: z.string(), by: z.string() }).nullable(),
});
export type Countdown = z.infer<typeof countdown>;

export const duty = z.object({
  items: z.array(z.string()),
  title: z.string(),
  everyMs: z.number(),
  forMs: z.number(),
});
export type Duty = z.infer<typeof duty>;

export const rollbackTrigger = z.object({
  rule: z.string(),
  overMs: z.number().nullable(),
  action: z.string(),
});
export type RollbackTrigger = z.infer<typeof rollbackTrigger>;

/** The launch that is open in this window. */
export const launch = z.object({
  /** Names the launch in every entry: `apex-ranker@0.2.0-production`, with `#rehearsal` in a rehearsal. */
  id: z.string(),
  system: z.string(),
  version: z.string(),
  mode,
  folder: z.string(),
  writable: z.boolean(),
  /** Set where it came in a review file: items and evidence are as they were then, and only reviews can be made of it. */
  copy: z
    .object({
      /** Of the file it came in. */
      sha256: z.string(),
      writtenAt: instant,
      by: z.string(),
      /** Files of the pack that were too large to send. */
      leftOut: z.array(z.string()),
    })
    .nullable(),
  countdown,
  roles: z.array(role),
  targets: z.array(target),
  contacts: z.array(contact),
  runbooks: z.array(runbookEntry),
  duties: z.array(duty),
  rollback: z.object({ runbook: z.string(), triggers: z.array(rollbackTrigger) }).nullable(),
  /** Problems the files have now; the launch goes on with what it last read without any. */
  problems: z.array(problem),
});
export type Launch = z.infer<typeof launch>;

export const opened = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), launch }),
  z.object({ ok: z.literal(false), problems: z.array(problem) }),
]);
export type Opened = z.infer<typeof opened>;

export const packContract = {
  current: oc.output(launch.nullable()),
  recent: oc.output(
    z.array(
      z.object({
        folder: z.string(),
        system: z.string(),
        version: z.string(),
        mode,
        openedAt: instant,
        there: z.boolean(),
        /** Why it was not opened again at the start, although nobody had closed it; else empty. */
        problem: z.string(),
      }),
    ),
  ),
  /** The packs that come with Holdpoint. */
  worked: oc.output(
    z.array(z.object({ name: z.string(), system: z.string(), about: z.string(), items: z.number() })),
  ),
  /** `folder`: of a pack, or the path of a review file, which says itself whether it is of a rehearsal. */
  open: oc.input(z.object({ folder: z.string(), mode })).output(opened),
  /** Copies a worked pack into the data folder, where it may be changed, starts the sandbox and opens a rehearsal. */
  openWorked: oc.input(z.object({ name: z.string() })).output(opened),
  reload: oc.output(opened),
  close: oc.output(z.null()),
  setMode: oc.input(z.object({ mode })).output(opened),
  setT0: oc.input(z.object({ t0: instant.nullable() })).output(launch),
  holdClock: oc.input(z.object({ reason: z.string().min(1) })).output(launch),
  resumeClock: oc.output(launch),
};
