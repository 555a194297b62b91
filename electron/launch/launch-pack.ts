import { accessSync, constants } from 'node:fs';
import { basename } from 'node:path';
import type { Mode, Problem } from '../../shared/contract/common.ts';
import type { Bindings } from '../checklist/index.ts';
import { checkKinds } from '../checks/index.ts';
import { type Pack, type ReadPack, readPack } from '../pack/index.ts';
import { stepKinds } from '../runbook/index.ts';

/** Reads a launch pack without opening anything. */
export function readLaunchPack(
  folder: string,
  absent: Readonly<Record<string, string>> = {},
): Promise<ReadPack> {
  return readPack(folder, { checkKinds: [...checkKinds], stepKinds: [...stepKinds] }, absent);
}

/** Names a launch in every entry. Nothing that is proven in a rehearsal counts in the live launch. */
export function launchId({ launch }: Pack, mode: Mode): string {
  return `${launch.system}@${launch.version}${mode === 'rehearsal' ? '#rehearsal' : ''}`;
}

/** What the checklist is told of the pack. */
export function bindingsOf({ launch }: Pack): Bindings {
  const { criteria, afterLaunch, roles } = launch;
  return { criteria, afterLaunch, roles: roles.map(({ id, title }) => ({ id, title })) };
}

export function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A problem of a file as a whole. */
export function problemOf(file: string, message: string): Problem {
  return { file: basename(file), line: 1, column: 1, path: '', message };
}
