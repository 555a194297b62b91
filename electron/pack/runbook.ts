import type { Problem } from '../../shared/contract/common.ts';
import { fitKind, type KindList } from './kinds.ts';
import { pathProblem } from './pack-path.ts';
import { type commonStepSchema, runbookSchema } from './runbook-schema.ts';
import { type Found, findReferences, type Path, valueAt } from './schema-walk.ts';
import { findNameSlips } from './script-names.ts';
import { fitShape } from './shape.ts';
import { placeSlips, type Slip } from './slip.ts';
import type { RunbookFile, StepFile } from './types.ts';
import type { YamlSource } from './yaml-source.ts';

export interface ReadRunbook {
  /** Null where something is wrong with the file. */
  runbook: RunbookFile | null;
  references: Found[];
  /** Names of its needs; null where they could not be read. */
  needs: string[] | null;
  problems: Problem[];
}

type Steps = KindList<typeof commonStepSchema>;

export function readRunbook(source: YamlSource, name: string, kinds: Steps): ReadRunbook {
  const shaped = fitShape(runbookSchema, source, [], source.value);
  const listed = valueAt(shaped.value, ['steps']);
  const fitted = (Array.isArray(listed) ? listed : []).map((step, index) =>
    fitKind(kinds, source, ['steps', index], step),
  );
  const needs = valueAt(shaped.value, ['needs']);
  const slips = [
    ...shaped.slips,
    ...valueSlips(shaped.value),
    ...fitted.flatMap((step, index) => [...step.slips, ...stepSlips(step.keys, index)]),
  ];
  const { data } = shaped;
  const steps = fitted.flatMap(({ entry }, index) => (entry ? [stepFile(entry, index, source)] : []));
  return {
    runbook:
      data && slips.length === 0
        ? {
            name,
            file: source.file,
            title: data.runbook,
            does: data.does ?? name,
            needs: data.needs,
            secrets: data.secrets,
            steps,
          }
        : null,
    references: [
      ...findReferences(runbookSchema, shaped.value, []),
      ...fitted.flatMap((step) => step.references),
    ],
    needs: needs === undefined ? [] : typeof needs === 'object' && needs !== null ? Object.keys(needs) : null,
    problems: placeSlips(source, slips),
  };
}

type Entry = NonNullable<ReturnType<typeof fitKind<typeof commonStepSchema>>['entry']>;

function stepFile({ kind, spec, common }: Entry, index: number, source: YamlSource): StepFile {
  const { undo } = common;
  return {
    kind,
    spec,
    hosts: common.hosts === 'first' ? ['first'] : (common.hosts ?? null),
    once: common.once,
    batched: common.batched ?? null,
    timeoutMs: common.timeout ?? null,
    retry: common.retry,
    idempotent: common.idempotent,
    doneWhen: common['done-when'] ?? null,
    undo: typeof undo === 'string' ? { script: undo } : (undo ?? null),
    pointOfNoReturn: common['point-of-no-return'],
    place: source.place(['steps', index]),
  };
}

const fromLaunch = 'from launch';

/** What a runbook brings to its scripts: files it needs, and secrets. */
function valueSlips(runbook: unknown): Slip[] {
  const needs = Object.entries((valueAt(runbook, ['needs']) as object | null | undefined) ?? {});
  const secrets = valueAt(runbook, ['secrets']);
  const files = needs.filter(([, value]) => value !== fromLaunch);
  const names = [
    ...files.map(([name]) => ({ name, path: ['needs', name], part: 'key' as const })),
    ...(Array.isArray(secrets) ? secrets : []).flatMap((name, index) =>
      typeof name === 'string' ? [{ name, path: ['secrets', index], part: 'value' as const }] : [],
    ),
  ];
  return [...findNameSlips(names), ...needs.flatMap(([name, value]) => needSlips(name, value))];
}

function needSlips(name: string, value: unknown): Slip[] {
  const path: Path = ['needs', name];
  if (value === fromLaunch) {
    if (name === 'version' || name === 'system') return [];
    const message = `The launch file does not say what ${JSON.stringify(name)} is.`;
    return [{ path, message, hint: 'Only version and system come from launch; give the path of a file.' }];
  }
  const outside = typeof value === 'string' ? pathProblem(value) : null;
  return outside ? [{ path, ...outside }] : [];
}

function stepSlips(keys: Record<string, unknown> | null, index: number): Slip[] {
  if (!keys) return [];
  const { retry, idempotent, undo, once, hosts, 'done-when': doneWhen } = keys;
  const slips: Slip[] = [];
  const say = (key: string, message: string, hint: string) =>
    slips.push({ path: ['steps', index, key], part: 'key', message, hint });
  if (Number(retry) > 0 && idempotent !== true && doneWhen === undefined) {
    const hint = 'Add "idempotent: true" where twice is as good as once, or a "done-when" script.';
    say('retry', 'A step that is tried again may do its work twice.', hint);
  }
  if (typeof undo === 'string' && undo.trim() === 'none') {
    say('undo', 'It does not say why nothing takes this back.', 'Write undo: { none: the reason }.');
  }
  if (once === true && hosts !== undefined) {
    say(
      'once',
      'This step has both "once" and "hosts".',
      'Keep "hosts" for named hosts, "once" for the first one.',
    );
  }
  return slips;
}
