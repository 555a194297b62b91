import type { z } from 'zod';
import type { Measured } from '../../shared/contract/common.ts';
import type { MachineFacts } from '../../shared/contract/hardware.ts';
import type { MeasuredReturns } from '../compute-desk/index.ts';
import type { KindSchema } from '../pack/index.ts';
import type { Shell } from './shell.ts';

/** Of a quantity whose unit is only known when it is measured. */
export const anyUnit = 'any';

/** Something a kind of check measures, described so that a rule can be recognised as being about it. */
export interface Quantity {
  /** As in `Measured.quantity`. */
  name: string;
  /** Canonical unit of its values (`B`, `s`, `%`, empty for a plain number), `version`, or `anyUnit`. */
  unit: string;
  /** Other words that documents use for it. */
  words: readonly string[];
  /** Only a rule that names it is about it; otherwise any rule in its unit is, if the kind measures nothing else in it. */
  byName?: boolean;
  /** Words of other things in the same unit: a rule with one of them is not about it. */
  not?: readonly string[];
  /** The author gave it no name: a rule is about it, whatever the rule calls it, unless another goes by that name. */
  unnamed?: boolean;
}

/** Something that must be so and is no figure: an answer's status, a model of GPU. */
export interface Condition {
  holds: boolean;
  /** What is asked for, to stand before `needed`: `status 200`, `one A100 or H100`. */
  needs: string;
}

/** What a measurement found. */
export interface Found {
  measured: Measured[];
  conditions: Condition[];
  /** To stand after the machine's name: `has 212 GB free at /data`. */
  says: string;
  /** Whether the figures that rules ask for are told after it, because there are too many to tell: `with a win rate of 52 %`. */
  tellsAsked?: boolean;
  /** Versions of the tools that measured, by name. */
  versions?: Record<string, string>;
}

export interface ItemOutcome {
  id: string;
  title: string;
  /** What is seen of it, such as `claimed`. */
  status: string;
  settled: boolean;
}

export interface RunOutcome {
  id: string;
  /** `good`, or how it ended otherwise, in a word or two; `running` before its end. */
  outcome: string;
  endedAt: string | null;
}

/** What a measurement may use. Everything that depends on the machine measured is for that machine. */
export interface CheckContext {
  /** The host it is measured on; null for this machine. */
  readonly host: string | null;
  /** The machine's name at the beginning of a sentence. */
  readonly subject: string;
  /** The pack's folder. */
  readonly folder: string;
  /** Ends when the check's time is over. */
  readonly signal: AbortSignal;
  /** How long the check may take. */
  readonly timeoutMs: number;
  readonly shell: Shell;
  /** Values of the target for scripts. */
  readonly env: Readonly<Record<string, string>>;
  now(): number;
  /** Puts the target's values in the place of `{name}`. @throws CannotMeasure for a name that has none. */
  fill(text: string): string;
  /** Whether a text holds a value that is marked secret. */
  holdsSecret(text: string): boolean;
  /** What the machine is, a few seconds old at most. */
  facts(): Promise<MachineFacts>;
  /** The items at these addresses of the checklist. @throws CannotMeasure where an address matches none. */
  items(addresses: readonly string[]): ItemOutcome[];
  /** The last run of a runbook in this launch; null before the first. */
  lastRun(runbook: string, target: string | null): RunOutcome | null;
  /** Every figure of a file of returns, re-computed. */
  measureReturns(file: string): Promise<MeasuredReturns>;
}

/** A kind of check: one file in `kinds/`. */
export interface CheckKindDefinition<Schema extends z.ZodObject> {
  kind: string;
  about: string;
  schema: Schema;
  /** Measured on this machine alone, whatever `on` says, because it is about the launch. */
  ofLaunch?: boolean;
  /** What it measures, in a few words. */
  title(spec: z.output<Schema>): string;
  quantities(spec: z.output<Schema>): Quantity[];
  /** How long it may take unless the check says so; 30 s where absent. */
  timeoutMs?(spec: z.output<Schema>): number;
  /** @throws CannotMeasure, and what the SSH driver throws; both become the verdict `error` */
  measure(spec: z.output<Schema>, context: CheckContext): Promise<Found>;
}

/** A check's own keys, understood by its kind. */
export interface PreparedCheck {
  title: string;
  quantities: Quantity[];
  timeoutMs: number;
  measure(context: CheckContext): Promise<Found>;
}

export interface CheckKind extends KindSchema {
  readonly ofLaunch: boolean;
  /** Takes what the schema made of the check's own keys, as the pack has it. */
  prepare(spec: unknown): PreparedCheck;
}

const usualTimeoutMs = 30_000;

export function checkKind<Schema extends z.ZodObject>(definition: CheckKindDefinition<Schema>): CheckKind {
  const { kind, about, schema, ofLaunch = false } = definition;
  return {
    kind,
    about,
    schema,
    ofLaunch,
    prepare(parsed) {
      const spec = parsed as z.output<Schema>;
      return {
        title: definition.title(spec),
        quantities: definition.quantities(spec),
        timeoutMs: definition.timeoutMs?.(spec) ?? usualTimeoutMs,
        measure: (context) => definition.measure(spec, context),
      };
    },
  };
}
