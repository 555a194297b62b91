/** One file of an archive. Paths are relative, with `/`. */
export interface TarFile {
  path: string;
  mode: number;
  content: Buffer;
}

const block = 512;
/** A fixed moment for every entry: the same files give the same bytes. 2020-01-01T00:00:00Z. */
const modifiedAt = 1_577_836_800;

/**
 * An archive in the POSIX ustar format (IEEE Std 1003.1, pax): entries sorted by path, folders before what is in them,
 * owned by 0:0, so that nothing in it depends on who made it, when, or in what order.
 * @throws RangeError for a path longer than 100 bytes
 */
export function tar(files: readonly TarFile[]): Buffer {
  const folders = new Set(files.flatMap(({ path }) => parentsOf(path)));
  const entries = [
    ...[...folders].map((path) => ({ path, mode: 0o755, content: Buffer.alloc(0) })),
    ...files,
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = entries.flatMap((entry) => [
    header(entry),
    entry.content,
    Buffer.alloc((block - (entry.content.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

/** `a/b/c` → `a/`, `a/b/` */
function parentsOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => `${names.slice(0, index + 1).join('/')}/`);
}

function header({ path, mode, content }: TarFile): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path} is longer than 100 bytes`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  bytes.write(path, 0);
  bytes.write(octal(mode, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(content.length, 12), 124);
  bytes.write(octal(modifiedAt, 12), 136);
  bytes.write(' '.repeat(8), 148);
  bytes.write(path.endsWith('/') ? '5' : '0', 156);
  bytes.write('ustar\x0000', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
