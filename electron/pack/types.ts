import type { z } from 'zod';
import type { Problem } from '../../shared/contract/common.ts';
import type { Contact, Duty, Role, RollbackTrigger } from '../../shared/contract/pack.ts';

/**
 * A kind of check or step, as the pack's files may name it. The object schema holds the kind's own key and the keys
 * that go with it; the keys every check or step has are added by the pack.
 */
export interface KindSchema {
  kind: string;
  /** One line for the reference page and the editor's hover. */
  about: string;
  /** Strict objects all the way down, so that no key is passed over. Fields are described by `.meta()`. */
  schema: z.ZodObject;
}

/** Where something stands in a file, for errors found later than reading. */
export interface Place {
  file: string;
  line: number;
  column: number;
  /** `checks[2].item` */
  path: string;
}

export interface LaunchFile {
  system: string;
  version: string;
  checklist: string;
  t0: string | null;
  roles: Role[];
  /** What is asked of signed answers, of the roles whose answers are signed. */
  signing: RoleSigning[];
  /** Heading paths as written. */
  criteria: { go: string | null; noGo: string | null };
  /** Headings whose items belong to the time after the launch. */
  afterLaunch: string[];
  targets: TargetFile[];
  checks: CheckFile[];
  duties: Duty[];
  rollback: { runbook: string; triggers: RollbackTrigger[] } | null;
  contacts: Contact[];
}

export interface RoleSigning {
  role: string;
  /** Patterns of names in allowed_signers; not empty. */
  signers: string[];
  approvals: number;
  deployerMaySign: boolean;
}

export interface TargetFile {
  name: string;
  hosts: string[];
  rehearsal: boolean;
  /** Sizes of the batches, in order: a count or a percentage of the hosts; the last one takes the rest. */
  batches: ({ count: number } | { percent: number })[];
  /** Values for `{name}` in fields and environment variables in scripts; a host's own win over the target's. */
  vars: Record<string, string>;
  hostVars: Record<string, Record<string, string>>;
}

export interface CheckFile {
  /** `name:` where given, else made from kind and place. Unique in the pack. */
  id: string;
  kind: string;
  /** Item addresses as written; resolved to item ids by `bindChecks`. */
  items: string[];
  /** The kind's own keys, validated by its schema. */
  spec: unknown;
  /** Target or host names; empty for what is measured on this machine. */
  on: string[];
  /** As written; empty where the item's own words are the rule. */
  rules: string[];
  freshMs: number | null;
  timeoutMs: number | null;
  place: Place;
}

export interface RunbookFile {
  /** File name without folder and ending. */
  name: string;
  file: string;
  title: string;
  /** `deploy`, `rollback`, or the author's own word. */
  does: string;
  /** Name → path in the pack's folder, or the words `from launch`. */
  needs: Record<string, string>;
  secrets: string[];
  steps: StepFile[];
}

export interface StepFile {
  kind: string;
  /** The kind's own keys, validated by its schema. */
  spec: unknown;
  /** Host names or `first`; null for all hosts of the target. */
  hosts: string[] | null;
  /** On the first host only. */
  once: boolean;
  /** Null: by the general rule (from the first `switch` or `service` on). */
  batched: boolean | null;
  timeoutMs: number | null;
  retry: number;
  idempotent: boolean;
  /** A script that exits 0 when the step's work is done already; null where there is none. */
  doneWhen: string | null;
  undo: { script: string } | { none: string } | null;
  pointOfNoReturn: boolean;
  place: Place;
}

/** A launch pack, read whole and without problems. */
export interface Pack {
  folder: string;
  launch: LaunchFile;
  runbooks: RunbookFile[];
  /** Absolute path of the checklist document. */
  checklistPath: string;
  /** SHA-256 by file name, for statements and plans. */
  digests: Record<string, string>;
}

/** An address in the checklist, as a pack's file writes it. Whether it matches, the checklist says. */
export interface Address {
  address: string;
  /** What it must match: one item, one heading, or (`items`) either, for the items of a heading. */
  means: 'item' | 'heading' | 'items';
  /** With a message, a `Problem` as it stands. */
  place: Place;
}

export type ReadPack =
  | {
      ok: true;
      pack: Pack;
      /** Every address in the pack, in file order. */
      addresses: Address[];
    }
  | { ok: false; problems: Problem[] };
