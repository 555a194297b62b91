import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Box } from '../document/document.ts';
import { type Source, sha256 } from './source.ts';

export interface BoxEdit {
  /** Of the character between the brackets, as in `DocumentItem`. */
  offset: number;
  box: Box;
}

/**
 * The source with some boxes changed, one character each. The offsets must come from parsing this very source. To
 * the grammar the characters a box may hold are all the same, so no other item can change by it.
 * @throws Error where an offset is not inside a box; nothing is changed then
 */
export function editBoxes(source: Source, edits: readonly BoxEdit[]): Source {
  const bytes = Buffer.from(source.bytes);
  const pieces: string[] = [];
  let [at, byteAt] = [0, 0];
  for (const { offset, box } of edits.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < at || !/^\[[ \txX~]\]$/.test(source.text.slice(offset - 1, offset + 2))) {
      throw new Error(`There is no box at character ${offset} of ${source.path}; nothing was written.`);
    }
    const before = source.text.slice(at, offset);
    byteAt += Buffer.byteLength(before);
    bytes[byteAt] = box.charCodeAt(0);
    pieces.push(before, box);
    [at, byteAt] = [offset + 1, byteAt + 1];
  }
  const text = pieces.join('') + source.text.slice(at);
  // Had the count of bytes been off anywhere, these would not be the same text.
  if (bytes.toString('utf8') !== text)
    throw new Error(`${source.path} would not be as meant; nothing was written.`);
  return { path: source.path, bytes, text, digest: sha256(bytes) };
}

/**
 * Puts `next` in the place of `before`, whole or not at all, with the same mode. Gives false, and leaves the file
 * alone, where it is no longer what `before` says.
 * @throws the error of the file system: no permission, no space, a folder that has gone
 */
export async function replaceSource(before: Source, next: Source): Promise<boolean> {
  const path = await realpath(before.path);
  const seen = await readWithState(path);
  if (!seen.bytes.equals(before.bytes)) return false;

  await removeLeftovers(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(next.bytes);
      await keepOwner(file, seen);
      await file.chmod(seen.mode);
      await file.sync();
    } finally {
      await file.close();
    }
    // An editor may have saved in between; what is left of that gap is the time of two system calls.
    if (stateOf(await stat(path, { bigint: true })) !== seen.state) return false;
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

const leftoverMs = 60_000;

/** What a killed Holdpoint left in the team's folder. One that is younger may belong to another that is at work. */
async function removeLeftovers(path: string): Promise<void> {
  const [folder, prefix] = [dirname(path), `.${basename(path)}.`];
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(prefix) && /^[0-9a-f]{8}\.tmp$/.test(name.slice(prefix.length)),
  );
  for (const file of names.map((name) => join(folder, name))) {
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > leftoverMs) await rm(file, { force: true });
  }
}

interface Seen {
  bytes: Buffer;
  state: string;
  mode: number;
  uid: number;
  gid: number;
}

async function readWithState(path: string): Promise<Seen> {
  const file = await open(path, 'r');
  try {
    const bytes = await file.readFile();
    const state = await file.stat({ bigint: true });
    const [mode, uid, gid] = [Number(state.mode) & 0o7777, Number(state.uid), Number(state.gid)];
    return { bytes, state: stateOf(state), mode, uid, gid };
  } finally {
    await file.close();
  }
}

function stateOf(stat: { ino: bigint; size: bigint; mtimeNs: bigint }): string {
  return [stat.ino, stat.size, stat.mtimeNs].join(' ');
}

/** Only matters where an administrator marks in somebody else's folder, and only an administrator may do it. */
async function keepOwner(file: FileHandle, { uid, gid }: Seen): Promise<void> {
  const own = await file.stat();
  if (process.platform !== 'win32' && (own.uid !== uid || own.gid !== gid))
    await file.chown(uid, gid).catch(() => {});
}

/** So that the new name survives a power cut. Windows has no such call, and some file systems refuse it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
