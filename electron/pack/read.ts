import { resolve } from 'node:path';
import type { Problem } from '../../shared/contract/common.ts';
import { assertDistinct } from './kinds.ts';
import { readLaunch } from './launch.ts';
import { commonCheckSchema } from './launch-schema.ts';
import { checkLinkedFiles } from './linked-files.ts';
import { openPack, type PackSources } from './open.ts';
import { inFileOrder } from './problems.ts';
import { findDangling, isNamed, type LinkedSource } from './references.ts';
import { readRunbook } from './runbook.ts';
import { commonStepSchema } from './runbook-schema.ts';
import type { Address, KindSchema, LaunchFile, ReadPack, RunbookFile } from './types.ts';
import type { YamlSource } from './yaml-source.ts';

export interface Kinds {
  checkKinds: readonly KindSchema[];
  stepKinds: readonly KindSchema[];
}

/**
 * Reads a launch pack: every problem of every file at once, in file order. Never throws for what is in the folder.
 * Files that runbooks need are not looked for: they may be built before the run is planned.
 * @param absent SHA-256 of files that this copy of the pack is known to be without
 */
export async function readPack(
  folder: string,
  kinds: Kinds,
  absent: Readonly<Record<string, string>> = {},
): Promise<ReadPack> {
  const opened = await openPack(folder);
  if (!opened.ok) return opened;
  const { launch, runbooks, files, problems } = readSources(opened.sources, kinds);
  const linked = await checkLinkedFiles(folder, files, absent);
  const all = [...opened.problems, ...problems, ...linked.problems];
  if (all.length > 0 || !launch) return { ok: false, problems: inFileOrder(all, opened.files) };
  return {
    ok: true,
    pack: {
      folder: resolve(folder),
      launch,
      runbooks,
      checklistPath: resolve(folder, launch.checklist),
      digests: { ...opened.digests, ...linked.digests },
    },
    addresses: files.flatMap(addressesIn),
  };
}

interface ReadSources {
  /** Null where something is wrong with it. */
  launch: LaunchFile | null;
  /** Those with which nothing is wrong. */
  runbooks: RunbookFile[];
  files: LinkedSource[];
  problems: Problem[];
}

function readSources(
  { launch: launchSource, runbooks: entries, runbookNames }: PackSources,
  kinds: Kinds,
): ReadSources {
  const checks = { word: 'check', common: commonCheckSchema, kinds: kinds.checkKinds };
  const steps = { word: 'step', common: commonStepSchema, kinds: kinds.stepKinds };
  assertDistinct(checks);
  assertDistinct(steps);
  const launch = launchSource && { source: launchSource, ...readLaunch(launchSource, checks), needs: null };
  const runbooks = entries.flatMap(({ name, source }) =>
    source ? [{ source, ...readRunbook(source, name, steps) }] : [],
  );
  const { roles = null, targets = null, hosts = null } = launch ?? {};
  const names = {
    role: roles,
    target: targets,
    host: hosts,
    place: targets && hosts && [...targets, ...hosts],
    check: launch?.checks ?? null,
    runbook: runbookNames,
  };
  const files = [...(launch ? [launch] : []), ...runbooks];
  const complete = runbooks.flatMap(({ runbook }) => (runbook ? [runbook] : []));
  return {
    launch: launch?.launch ?? null,
    runbooks: complete,
    files,
    problems: [
      ...files.flatMap((file) => file.problems),
      ...files.flatMap(({ references, source, needs }) =>
        findDangling(references, source, { ...names, need: needs }),
      ),
      ...(launch?.launch ? rollbackProblems(launch.source, launch.launch, complete) : []),
    ],
  };
}

function rollbackProblems(source: YamlSource, launch: LaunchFile, runbooks: RunbookFile[]): Problem[] {
  const name = launch.rollback?.runbook;
  const runbook = runbooks.find((each) => each.name === name);
  if (!runbook || runbook.does === 'rollback') return [];
  const does = JSON.stringify(runbook.does);
  const message = `The runbook ${JSON.stringify(name)} does not go back: what it does is ${does}.`;
  const hint = `Name another, or write "does: rollback" in ${runbook.file}.`;
  return [{ ...source.place(['rollback', 'runbook']), message, hint }];
}

function addressesIn({ source, references }: LinkedSource): Address[] {
  return references
    .flatMap(({ refersTo, name, path }) =>
      isNamed(refersTo) || refersTo === 'file'
        ? []
        : [{ address: name, means: refersTo, place: source.place(path) }],
    )
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}
