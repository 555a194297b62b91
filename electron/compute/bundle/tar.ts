import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BundleError } from './errors.ts';

/**
 * The plainest tar that every tool unpacks: ustar headers with no owner and no time, in the order given, so that the same
 * content is the same archive on every machine. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
const block = 512;
const longestName = 100;
/** Eleven octal digits. */
const largestFile = 8 ** 11 - 1;

/** What goes into an archive: bytes, or a file to be read in pieces. */
export interface TarSource {
  path: string;
  content: Buffer | { file: string; bytes: number };
}

export async function writeTar(archive: string, sources: readonly TarSource[]): Promise<void> {
  const handle = await open(archive, 'w');
  try {
    for (const { path, content } of sources) {
      const bytes = Buffer.isBuffer(content) ? content.length : content.bytes;
      await handle.write(header(path, bytes));
      let written = 0;
      const pieces = Buffer.isBuffer(content) ? [content] : createReadStream(content.file);
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        await handle.write(piece);
        written += piece.length;
      }
      if (written !== bytes) {
        throw new BundleError('cannot-pack', `${path} changed while it was packed. Pack again.`);
      }
      await handle.write(Buffer.alloc(padding(bytes)));
    }
    await handle.write(Buffer.alloc(2 * block));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function header(path: string, bytes: number): Buffer {
  if (Buffer.byteLength(path) > longestName) {
    throw new BundleError(
      'cannot-pack',
      `"${path}" is longer than ${longestName} bytes. Give the file a shorter name.`,
    );
  }
  if (bytes > largestFile)
    throw new BundleError('cannot-pack', `"${path}" is larger than 8 GiB, which tar cannot hold.`);
  const found = Buffer.alloc(block);
  found.write(path, 0, 'utf8');
  found.write('0000644\0', 100);
  found.write('0000000\0', 108);
  found.write('0000000\0', 116);
  found.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  found.write('00000000000\0', 136);
  found.write('        ', 148);
  found.write('0', 156);
  found.write('ustar\u000000', 257);
  const sum = checksum(found);
  found.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return found;
}

const padding = (bytes: number) => (block - (bytes % block)) % block;

/** As if the checksum itself were blanks. */
function checksum(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

export interface TarEntry {
  path: string;
  bytes: number;
  sha256: string;
  /** Reads it anew, in pieces. */
  read(): AsyncIterable<Buffer>;
}

/** Every file of an archive, each digested. @throws BundleError */
export async function readTar(archive: string): Promise<TarEntry[]> {
  const handle = await open(archive).catch(() => {
    throw new BundleError('not-found', `${archive} cannot be opened. Check the path.`);
  });
  try {
    const { size } = await handle.stat();
    const entries: TarEntry[] = [];
    for (let at = 0; at + block <= size; ) {
      const head = await bytesAt(handle, at, block);
      if (head.every((byte) => byte === 0)) return entries;
      const { path, bytes } = parse(archive, head);
      const from = at + block;
      if (from + bytes > size) break;
      const read = () => piecesOf(archive, from, bytes);
      const hash = createHash('sha256');
      for await (const piece of read()) hash.update(piece);
      entries.push({ path, bytes, sha256: hash.digest('hex'), read });
      at = from + bytes + padding(bytes);
    }
    throw new BundleError(
      'not-a-bundle',
      `${archive} is cut off after ${size} bytes. Fetch or pack it again.`,
    );
  } finally {
    await handle.close();
  }
}

/** The first file of an archive, where it is this one and not longer; null for every other. @throws BundleError */
export async function firstFile(archive: string, path: string, mostBytes: number): Promise<Buffer | null> {
  const handle = await open(archive).catch(() => {
    throw new BundleError('not-found', `${archive} cannot be opened. Check the path.`);
  });
  try {
    const first = parse(archive, await bytesAt(handle, 0, block));
    if (first.path !== path || first.bytes > mostBytes) return null;
    return await bytesAt(handle, block, first.bytes);
  } finally {
    await handle.close();
  }
}

function parse(archive: string, head: Buffer): { path: string; bytes: number } {
  const text = (from: number, length: number) =>
    head
      .subarray(from, from + length)
      .toString('utf8')
      .replace(/\0.*$/s, '');
  const refuse = (reason: string) => new BundleError('not-a-bundle', `${archive} ${reason}`);
  if (head.readUInt16BE(0) === 0x1f8b) {
    throw refuse('is compressed. Unpack it with gunzip first; bundles are plain tar.');
  }
  if (text(257, 5) !== 'ustar' || Number.parseInt(text(148, 8), 8) !== checksum(head)) {
    throw refuse('is no bundle: it is no tar archive, or damaged. Pack or fetch it again.');
  }
  const path = [text(345, 155), text(0, 100)].filter((part) => part !== '').join('/');
  const kind = text(156, 1);
  if (kind !== '0' && kind !== '')
    throw refuse(`holds "${path}", which is no plain file. Pack it with holdpoint bundle pack.`);
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw refuse(`holds "${path}", which would leave the folder it is unpacked in. Do not unpack it.`);
  }
  return { path, bytes: Number.parseInt(text(124, 12), 8) };
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer;
}

async function* piecesOf(archive: string, from: number, bytes: number): AsyncIterable<Buffer> {
  if (bytes === 0) return;
  yield* createReadStream(archive, { start: from, end: from + bytes - 1, highWaterMark: 1 << 20 });
}
