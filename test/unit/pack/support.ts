import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkKinds } from '../../../electron/checks/index.ts';
import { type Pack, type ReadPack, readPack, renderProblems } from '../../../electron/pack/index.ts';
import { stepKinds } from '../../../electron/runbook/index.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { temporaryFolder } from '../../support/folder.ts';

export const kinds = { checkKinds, stepKinds };

export const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/pack/${name}`, import.meta.url));

/** The least that makes a launch file. */
export const smallest = 'system: Ranker\nversion: "1"\nchecklist: checklist.md\n';

/** A pack of these files, with a checklist unless they bring one. */
export function packOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({ 'checklist.md': '# Launch\n', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const readFiles = (files: Record<string, string | Buffer>): Promise<ReadPack> =>
  readPack(packOf(files), kinds);

export async function packIn(folder: string): Promise<Pack> {
  const read = await readPack(folder, kinds);
  if (!read.ok) throw new Error(renderProblems(read.problems));
  return read.pack;
}

/** The problems of a launch file that goes on after the least one. */
export async function problemsOf(rest: string, files: Record<string, string> = {}): Promise<Problem[]> {
  const read = await readFiles({ 'launch.yaml': smallest + rest, ...files });
  return read.ok ? [] : read.problems;
}
