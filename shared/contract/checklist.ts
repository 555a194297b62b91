import { oc } from '@orpc/contract';
import { z } from 'zod';
import { instant, itemState, measured, problem, rule, verdict } from './common.ts';

/** What the eye sees of an item: one of these, by `statusOf` in `shared/item-status.ts`. */
export const itemStatus = z.enum([
  'pass',
  'fail',
  'unproven',
  'stale',
  'error',
  'done',
  'claimed',
  'open',
  'active',
  'failed',
  'blocked',
  'waived',
  'overridden',
  'disputed',
]);
export type ItemStatus = z.infer<typeof itemStatus>;

/** How many items are in which status; the numbers add up to `total`. */
export const progress = z.object({
  total: z.number().int(),
  /** Gates whose checks pass. */
  proven: z.number().int(),
  /** Marked done by a person here. */
  done: z.number().int(),
  /** Ticked in the document, and nothing more. */
  claimed: z.number().int(),
  failed: z.number().int(),
  unproven: z.number().int(),
  stale: z.number().int(),
  error: z.number().int(),
  blocked: z.number().int(),
  waived: z.number().int(),
  overridden: z.number().int(),
  disputed: z.number().int(),
  active: z.number().int(),
  open: z.number().int(),
});
export type Progress = z.infer<typeof progress>;

export const section = z.object({
  id: z.string(),
  title: z.string(),
  /** Heading level, 1 to 6; 0 for what stands before the first heading. */
  level: z.number().int(),
  /** Titles from the outermost heading to this one. */
  path: z.array(z.string()),
  line: z.number().int(),
  /** The second-level heading it stands under: the phase of the launch. */
  phase: z.string(),
  /** Of everything under the heading, subsections included. */
  progress,
});
export type Section = z.infer<typeof section>;

/** What hangs below an item and is not a box: guidance, code. */
export const itemBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('code'), text: z.string(), language: z.string() }),
]);
export type ItemBody = z.infer<typeof itemBody>;

export const gate = z.object({
  checks: z.array(z.string()),
  /**
   * Null until a check of the item has run in this mode. It is about the item's own words: a no-go criterion passes
   * where it holds, and `statusOf` turns that round.
   */
  verdict: verdict.nullable(),
  /** The figures in a few words for the row: `612 GB`, `/health 404`. */
  measured: z.string(),
  /** Why the verdict is what it is, in a sentence. */
  sentence: z.string(),
  at: instant.nullable(),
  running: z.boolean(),
});
export type Gate = z.infer<typeof gate>;

export const item = z.object({
  id: z.string(),
  section: z.string(),
  parent: z.string().nullable(),
  /** 0 for a box directly in its section. */
  depth: z.number().int(),
  line: z.number().int(),
  /** Plain words: emphasis and the final colon are gone. */
  title: z.string(),
  body: z.array(itemBody),
  /** The box as it stands in the file. */
  ticked: z.boolean(),
  /** What a person said here, or a waiver in the document; `open` where nobody said anything, ticked or not. */
  state: itemState,
  status: itemStatus,
  /** Why it is in this state; never empty for a block or a waiver. */
  reason: z.string(),
  assignee: z.string(),
  by: z.string(),
  at: instant.nullable(),
  notes: z.number().int(),
  rules: z.array(rule),
  gate: gate.nullable(),
  override: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  /** A go criterion must hold; a no-go criterion is a question that must be answered `false`. */
  criterion: z.enum(['go', 'no-go']).nullable(),
  /** A person's answer to a no-go criterion. */
  holds: z.boolean().nullable(),
  /** Set where the line is a sign-off line: the role of the pack that signs there. */
  role: z.string().nullable(),
  /** Part of what must be true before launch, or of the days after it. */
  afterLaunch: z.boolean(),
});
export type Item = z.infer<typeof item>;

export const finding = z.object({
  code: z.enum([
    'contradiction',
    'ticked-parent-open-child',
    'item-outside-section',
    'not-a-box',
    'depth-surprise',
    'duplicate-item',
    'unknown-state',
    'empty-section',
  ]),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  /** The other places the finding speaks of. */
  also: z.array(z.object({ line: z.number().int(), column: z.number().int(), text: z.string() })),
  item: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

/** An item with a history that the file no longer shows, and what it may have become. */
export const unmatched = z.object({
  id: z.string(),
  title: z.string(),
  path: z.array(z.string()),
  state: itemState,
  candidates: z.array(z.object({ id: z.string(), title: z.string(), path: z.array(z.string()) })),
});
export type Unmatched = z.infer<typeof unmatched>;

export const checklist = z.object({
  file: z.string(),
  /** SHA-256 of the file's bytes as last read. */
  digest: z.string(),
  title: z.string(),
  /** Why marks are not written into the file, in a sentence; null where they are. */
  notWritten: z.string().nullable(),
  sections: z.array(section),
  items: z.array(item),
  findings: z.array(finding),
  unmatched: z.array(unmatched),
  progress,
  /** The phase the launch is in: the first with something left to do. */
  phase: z.string(),
});
export type Checklist = z.infer<typeof checklist>;

export const evidence = z.object({
  id: z.string(),
  check: z.string(),
  kind: z.string(),
  host: z.string().nullable(),
  at: instant,
  by: z.string(),
  verdict,
  measured: z.array(measured),
  /** `quantity`: what of `measured` the rule is about; null where it was not measured. Older evidence does not say. */
  rules: z.array(z.object({ rule, verdict, quantity: z.string().nullable().optional() })),
  sentence: z.string(),
  ms: z.number(),
});
export type Evidence = z.infer<typeof evidence>;

/** All that is known of one item, for the inspector. */
export const itemDetail = z.object({
  item,
  path: z.array(z.string()),
  evidence: z.array(evidence),
  history: z.array(z.object({ at: instant, by: z.string(), text: z.string() })),
  findings: z.array(finding),
});
export type ItemDetail = z.infer<typeof itemDetail>;

/** The answer to a mark: the items it changed, and what became of the file. */
export const marked = z.object({
  items: z.array(item),
  /** `written`: the box in the file was changed. `kept`: the mark is in the journal only; `why` says so. */
  file: z.enum(['written', 'kept', 'asks']),
  why: z.string(),
});
export type Marked = z.infer<typeof marked>;

const itemId = z.object({ item: z.string() });

export const checklistContract = {
  get: oc.output(checklist),
  item: oc.input(itemId).output(itemDetail),
  mark: oc.input(itemId.extend({ state: itemState, reason: z.string().default('') })).output(marked),
  /** Answers a no-go criterion: does it hold? `null` takes the answer back. */
  answer: oc
    .input(itemId.extend({ holds: z.boolean().nullable(), note: z.string().default('') }))
    .output(marked),
  note: oc.input(itemId.extend({ text: z.string().min(1) })).output(marked),
  assign: oc.input(itemId.extend({ to: z.string() })).output(marked),
  override: oc.input(itemId.extend({ reason: z.string().min(1) })).output(marked),
  withdrawOverride: oc.input(itemId).output(marked),
  /** After the file changed underneath: which lost item became which, or `null` for gone. */
  rematch: oc
    .input(z.object({ pairs: z.array(z.object({ from: z.string(), to: z.string().nullable() })) }))
    .output(checklist),
  export: oc.output(z.object({ name: z.string(), markdown: z.string() })),
  lint: oc.output(z.object({ findings: z.array(finding), problems: z.array(problem) })),
};
