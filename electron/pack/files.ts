import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../shared/contract/common.ts';
import { formatBytes } from '../../shared/units.ts';

/** No pack is near it; a file that is has been mistaken for one. */
const maxBytes = 1_000_000;

export interface ReadFile {
  /** Path in the pack's folder, with `/`. */
  file: string;
  text: string;
  sha256: string;
}

export type Result<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

/** Reads a text file of the pack. Whatever stands against it is a problem, not an exception. */
export async function readTextFile(folder: string, file: string): Promise<Result<ReadFile>> {
  const path = join(folder, file);
  try {
    const { size } = await regularFile(path);
    if (size > maxBytes) {
      const message = `The file is larger than ${formatBytes(maxBytes)}.`;
      return failed(file, message, 'Move scripts and data into files of their own.');
    }
    const bytes = await readFile(path);
    const text = decode(bytes);
    if (text === null) {
      const line = lineOfBadByte(bytes);
      return failed(file, 'The file is not UTF-8 from this line on.', 'Save it as UTF-8.', line);
    }
    return { ok: true, value: { file, text, sha256: createHash('sha256').update(bytes).digest('hex') } };
  } catch (error) {
    return failed(file, ...sayFileError(error));
  }
}

/** SHA-256 of a file of any size. */
export async function digestOf(folder: string, file: string): Promise<Result<string>> {
  const path = join(folder, file);
  try {
    await regularFile(path);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { ok: true, value: hash.digest('hex') };
  } catch (error) {
    return failed(file, ...sayFileError(error));
  }
}

/** Names in a folder of the pack, sorted; null where there is no such folder. */
export async function namesIn(folder: string, name: string): Promise<Result<string[] | null>> {
  try {
    return { ok: true, value: (await readdir(join(folder, name))).sort() };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { ok: true, value: null };
    return failed(name || folder, ...sayFileError(error));
  }
}

async function regularFile(path: string): Promise<{ size: number }> {
  const found = await stat(path);
  // Reading a pipe or a device would never end.
  if (!found.isFile()) throw Object.assign(new Error(), { code: found.isDirectory() ? 'EISDIR' : 'NOTFILE' });
  return found;
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The first line that is not UTF-8, from 1. No UTF-8 character goes over a line's end. */
function lineOfBadByte(bytes: Buffer): number {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (decode(bytes.subarray(start, end)) === null) return line;
    [line, start] = [line + 1, end + 1];
  }
  return line;
}

function failed(file: string, message: string, hint?: string, line = 1): { ok: false; problem: Problem } {
  return { ok: false, problem: { file, line, column: 1, path: '', message, ...(hint && { hint }) } };
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';

/** What an error of the file system means to the person who opens a pack. */
export function sayFileError(error: unknown): [message: string, hint?: string] {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
      return ['There is no such file or folder.', 'Check the path.'];
    case 'ENOTDIR':
      return ['This is a file, and a folder is needed.', 'Open the folder that launch.yaml is in.'];
    case 'EISDIR':
      return ['This is a folder, and a file is needed.'];
    case 'NOTFILE':
      return ['This is not a regular file.', 'Pipes, sockets and devices cannot be read as part of a pack.'];
    case 'EACCES':
    case 'EPERM':
      return ['It may not be read by this user.', 'Give yourself the right to read it.'];
    case 'ELOOP':
      return ['It is a symbolic link that leads back to itself.'];
    case 'ENAMETOOLONG':
      return ['The path is too long for this system.'];
    case 'ERR_INVALID_ARG_VALUE':
      return ['The path has a NUL character, which no file name can.'];
    default:
      return [`It cannot be read (${code}).`, 'Check the disk or network drive it is on.'];
  }
}
