import type { StepFile } from '../pack/index.ts';
import type { DetailedStep } from './detailed-plan.ts';
import { authorsScript } from './kinds/authors-script.ts';
import type { CompileContext, HoldKind, Script, ScriptKind, StepKind } from './kinds/kind.ts';
import type { RecordSpec } from './kinds/record.ts';
import type { Objections } from './objections.ts';
import type { PlanInput } from './plan.ts';
import { show, type Values } from './text.ts';

export interface StepInput {
  kind: StepKind;
  file: StepFile;
  number: number;
  batched: boolean;
  /** Every host of the run, in order. */
  hosts: readonly string[];
  /** By host; the console's own under the empty name. */
  contextOf(host: string): CompileContext;
  input: PlanInput;
  objections: Objections;
}

/** Compiles one authored step for every host it runs on. */
export function detailStep({
  kind,
  file,
  number,
  batched,
  hosts: all,
  contextOf,
  input,
  objections,
}: StepInput): DetailedStep {
  const { values } = contextOf('');
  const hosts = kind.where === 'hosts' ? hostsOf(file, all) : [];
  const names = kind.where === 'hosts' ? hosts : [''];
  const compiled = kind.style === 'script' ? kind : null;
  const scripts = compileFor(
    names,
    (host) => compiled?.compile(file.spec, contextOf(host)) ?? null,
    file,
    objections,
  );
  const undoScripts = compileFor(
    names,
    (host) => compiled && undoOf(compiled, file, contextOf(host)),
    file,
    objections,
  );
  const probe = file.doneWhen;
  const doneWhen = compileFor(
    names,
    (host) => (probe === null ? null : authorsScript(probe, 'sh -eu', contextOf(host))),
    file,
    objections,
  );
  if (kind.style === 'act') {
    const objection = kind.objection?.(file.spec, contextOf(''));
    if (objection) objections.add(objection, file.place);
  }
  if (kind.kind === 'check') objectToUnknownCheck(file, input, objections);
  return {
    id: `${String(number).padStart(2, '0')}-${kind.kind}`,
    number,
    kind: kind.kind,
    title: objections.attempt<string>(kind.kind, () => kind.title(file.spec, values), file.place),
    hosts,
    batched,
    scripts: scriptsForReading(scripts),
    timeoutMs: file.timeoutMs ?? kind.timeoutMs,
    undo: undoForReading(kind, file, values, undoScripts),
    pointOfNoReturn: file.pointOfNoReturn,
    hold: kind.style === 'hold' ? holdFor(kind.hold(file.spec)) : null,
    spec: kind.kind === 'record' ? resolveRecord(file, input, objections) : file.spec,
    style: kind.style,
    where: kind.where,
    compiled: scripts,
    undoScripts,
    doneWhen,
    retries: file.idempotent || probe !== null ? file.retry : 0,
    idempotent: file.idempotent,
    serves: compiled?.serves ?? false,
  };
}

/** A step that a run ends with though no author wrote it. May run twice without harm. */
export function closingStep(
  number: number,
  kind: 'release' | 'lock',
  title: string,
  compiled: Record<string, Script>,
): DetailedStep {
  return {
    id: `${String(number).padStart(2, '0')}-${kind === 'lock' ? 'unlock' : 'seal'}`,
    number,
    kind,
    title,
    hosts: Object.keys(compiled),
    batched: false,
    scripts: scriptsForReading(compiled),
    timeoutMs: 60_000,
    undo: '',
    pointOfNoReturn: false,
    hold: null,
    spec: {},
    style: 'script',
    where: 'hosts',
    compiled,
    undoScripts: {},
    doneWhen: {},
    retries: 2,
    idempotent: true,
    serves: false,
  };
}

function holdFor({ after, ...hold }: ReturnType<HoldKind<unknown>['hold']>): DetailedStep['hold'] {
  return { ...hold, afterFirstBatch: after === 'first batch' };
}

function hostsOf(file: StepFile, all: readonly string[]): string[] {
  const named = file.hosts?.flatMap((host) => (host === 'first' ? all.slice(0, 1) : [host]));
  const hosts = all.filter((host) => named?.includes(host) ?? true);
  return file.once ? hosts.slice(0, 1) : hosts;
}

function compileFor(
  hosts: readonly string[],
  compile: (host: string) => Script | null,
  file: StepFile,
  objections: Objections,
): Record<string, Script> {
  const scripts = hosts.flatMap((host): [string, Script][] => {
    const script = objections.attempt(null, () => compile(host), file.place);
    return script ? [[host, script]] : [];
  });
  return Object.fromEntries(scripts);
}

function undoOf(kind: ScriptKind<unknown>, file: StepFile, context: CompileContext): Script | null {
  if (file.undo && 'none' in file.undo) return null;
  if (file.undo) return authorsScript(file.undo.script, 'sh -eu', context);
  return kind.undo(file.spec, context);
}

function undoForReading(
  kind: StepKind,
  file: StepFile,
  values: Values,
  undoScripts: Readonly<Record<string, Script>>,
): string {
  if (file.undo && 'none' in file.undo) return `cannot be undone: ${file.undo.none}`;
  if (file.undo) return file.undo.script;
  if (kind.style !== 'script' || Object.keys(undoScripts).length === 0) return '';
  return kind.undoText(file.spec, values);
}

function objectToUnknownCheck(file: StepFile, input: PlanInput, objections: Objections): void {
  const { check } = file.spec as { check: string };
  if (!input.isCheck(check)) objections.add(`There is no check named "${check}" in launch.yaml.`, file.place);
}

function resolveRecord(file: StepFile, input: PlanInput, objections: Objections): RecordSpec {
  const { record } = file.spec as RecordSpec;
  const items = record.items.flatMap((address) => {
    const resolved = input.resolveItem(address);
    if (typeof resolved !== 'string') return resolved;
    objections.add(resolved, file.place);
    return [];
  });
  return { record: { ...record, items } };
}

/** The scripts of a step with the values they will see; hosts with the same text together. */
function scriptsForReading(compiled: Readonly<Record<string, Script>>): DetailedStep['scripts'] {
  const byText = new Map<string, DetailedStep['scripts'][number]>();
  for (const [host, script] of Object.entries(compiled)) {
    const values = Object.entries(script.env)
      .filter(([name]) => new RegExp(`\\b${name}\\b`).test(script.text))
      .map(([name, text]) => `${name}=${valueForReading(show(text))}`);
    const text = [...values, ...(values.length > 0 ? [''] : []), script.text].join('\n');
    const known = byText.get(text);
    if (known) known.hosts.push(host);
    else byText.set(text, { hosts: [host], shell: script.shell, text });
  }
  return [...byText.values()];
}

function valueForReading(value: string): string {
  return /^[\w./:@%+,=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
