import type { z } from 'zod';
import type { Evidence, Item } from '../../../shared/contract/checklist.ts';
import type { ItemState } from '../../../shared/contract/common.ts';
import type { MachineFacts } from '../../../shared/contract/hardware.ts';
import type { StepKind as StepKindName } from '../../../shared/contract/runbook.ts';
import type { Text, Values } from '../text.ts';

/** What a step becomes on one host: a script of ours or the author's, and the values it reads from its environment. */
export interface Script {
  text: string;
  /** Interpreter with its flags. */
  shell: string;
  env: Record<string, Text>;
}

/** What compiling may look at. Everything in it is known when the run is planned. */
export interface CompileContext {
  run: string;
  host: string;
  values: Values;
  /** Files the runbook needs, by name. */
  needs: Readonly<Record<string, NeededFile>>;
  /** Folder of the release to go back to on this host, as found when the run was planned; empty where there is none. */
  previousFolder: string;
  /** The folder a `release` step of this runbook unpacks into; empty where there is none. */
  releasesFolder: string;
  /** Where an earlier `upload` puts a needed file on the hosts, as written. */
  uploads: Readonly<Record<string, string>>;
  /** Text of a file in the pack's folder. */
  template(path: string): string;
  /** The run whose lock this one may take over, because it rolls that run back. */
  takesOverFrom: string;
  /** Name and time for owners and records. */
  by: string;
}

export interface NeededFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** What the console itself can do for a step. Every one of these may be repeated without harm. */
export interface Abilities {
  facts(host: string): Promise<MachineFacts>;
  /** Runs a short program that changes nothing. */
  ask(host: string, program: string): Promise<{ exitCode: number | null; stdout: string }>;
  upload(
    host: string,
    from: string,
    to: string,
    onProgress: (bytes: number, of: number) => void,
  ): Promise<{ sha256: string; bytes: number; skipped: boolean }>;
  check(id: string, hosts: string[]): Promise<Evidence[]>;
  record(items: string[], state: ItemState, note: string): Promise<Item[]>;
  notify(title: string, text: string): void;
}

/** How an act of the console ended: `ok` with what it found, or what stands against going on. */
export interface Acted {
  ok: boolean;
  outcome: string;
}

export interface ActContext extends CompileContext {
  abilities: Abilities;
  /** Writes a line to the step's log. */
  log(line: string): void;
}

interface Common<Spec> {
  readonly kind: StepKindName;
  /** One line for the reference page. */
  readonly about: string;
  readonly schema: z.ZodObject;
  title(spec: Spec, values: Values): string;
  readonly timeoutMs: number;
}

/** A script on each host, or on this machine: a detached job that outlives the link. */
export interface ScriptKind<Spec> extends Common<Spec> {
  readonly style: 'script';
  readonly where: 'hosts' | 'laptop';
  /** Changes what the hosts serve: from the first such step on, a run goes batch by batch. */
  readonly serves: boolean;
  compile(spec: Spec, context: CompileContext): Script;
  /** Takes the step's work back; null where there is nothing to take back. */
  undo(spec: Spec, context: CompileContext): Script | null;
  /** What `undo` would do, in a few words. */
  undoText(spec: Spec, values: Values): string;
}

/** Something the console does, for each host or for the run, and may do again after a crash. */
export interface ActKind<Spec> extends Common<Spec> {
  readonly style: 'act';
  readonly where: 'hosts' | 'console';
  /** What of the spec cannot be right, known before the run: a sentence. */
  objection?(spec: Spec, context: CompileContext): string | null;
  act(spec: Spec, context: ActContext): Promise<Acted>;
}

/** A wait for a named role. */
export interface HoldKind<Spec> extends Common<Spec> {
  readonly style: 'hold';
  readonly where: 'console';
  hold(spec: Spec): {
    text: string;
    roles: string[];
    withinMs: number | null;
    otherwise: 'stop' | 'go on';
    after: 'first batch' | 'each batch' | null;
  };
}

export type StepKind<Spec = unknown> = ScriptKind<Spec> | ActKind<Spec> | HoldKind<Spec>;

/** Forgets the spec's type: from here on a kind is only given what its own schema accepted. */
export function kindOf<Spec>(kind: StepKind<Spec>): StepKind {
  return kind as StepKind;
}

/** A script written by us: values come from the environment, so its text is the same for every run. */
export function ownScript(text: string, env: Record<string, Text | string>): Script {
  const texts = Object.entries(env).map(([name, value]): [string, Text] => [
    name,
    typeof value === 'string' ? [value] : value,
  ]);
  return { text: text.trim(), shell: 'sh -eu', env: Object.fromEntries(texts) };
}
