import { type Dirent, promises } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { implement } from '@orpc/server';
import { type Completion, pathsContract } from '../../shared/contract/paths.ts';
import type { Session } from '../launch/index.ts';
import { inFull } from './place.ts';

const mostShown = 40;

export function pathProcedures({ host }: Session) {
  const os = implement(pathsContract);
  return {
    pick: os.pick.handler(({ input }) => host.paths.pick({ ...input, at: inFull(input.at) })),
    complete: os.complete.handler(({ input: { typed, files } }) => complete(typed, files)),
  };
}

/** What lies in the folder that was typed and begins as its last part does. Hidden things only where that has a dot. */
async function complete(typed: string, files: readonly string[] | null): Promise<Completion> {
  const begun = typed.trimStart();
  const cut = Math.max(begun.lastIndexOf('/'), begun.lastIndexOf(sep)) + 1;
  const [folder, start] = [begun.slice(0, cut), begun.slice(cut).toLowerCase()];
  if (!isAbsolute(inFull(folder))) return { paths: [], more: 0, problem: '' };
  const found = await list(inFull(folder));
  if (typeof found === 'string') return { paths: [], more: 0, problem: found };
  const named = found.filter(
    ({ name }) => name.toLowerCase().startsWith(start) && (start !== '' || !name.startsWith('.')),
  );
  const fitting = (await Promise.all(named.map((one) => kindOf(inFull(folder), one))))
    .filter(({ name, kind }) => kind === 'folder' || (kind === 'file' && isWanted(name, files)))
    .sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || (a.name < b.name ? -1 : 1));
  const paths = fitting.slice(0, mostShown).map(({ name, kind }) => {
    const end = kind === 'folder' ? (folder.at(-1) ?? sep) : '';
    return { path: `${folder}${name}${end}`, name, kind: kind ?? 'file' };
  });
  return { paths, more: fitting.length - paths.length, problem: '' };
}

/** Why not, in a sentence, where it cannot be read. */
async function list(folder: string): Promise<Dirent[] | string> {
  try {
    return await promises.readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return `There is no folder ${folder}`;
    if (code === 'ENOTDIR') return `${folder} is no folder`;
    return `${folder} cannot be read (${code})`;
  }
}

/** A link is what it leads to, and nothing where that is gone. */
async function kindOf(folder: string, entry: Dirent) {
  const { name } = entry;
  const what = entry.isSymbolicLink() ? await promises.stat(join(folder, name)).catch(() => null) : entry;
  const kind = what?.isDirectory() ? ('folder' as const) : what?.isFile() ? ('file' as const) : null;
  return { name, kind };
}

function isWanted(name: string, files: readonly string[] | null): boolean {
  if (files === null || files.length === 0) return files !== null;
  return files.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}
