import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { ChecklistError } from '../errors.ts';

/** Four times a checklist of 10,000 items; what is longer is another kind of file, and would take long to read. */
const largestBytes = 2_000_000;

/** A checklist file as it was read. */
export interface Source {
  path: string;
  bytes: Buffer;
  /** `bytes` decoded, with its byte order mark if it has one. */
  text: string;
  /** SHA-256 of `bytes`, hex. */
  digest: string;
}

/**
 * Reads a file that should be a checklist.
 * @throws ChecklistError `unreadable`, `too-large`, `not-text`
 */
export async function readSource(path: string): Promise<Source> {
  const bytes = await readBytes(path);
  return { path, bytes, text: decode(path, bytes), digest: sha256(bytes) };
}

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile())
        throw new ChecklistError('unreadable', `${path} is no file. Name a Markdown document.`);
      if (stat.size > largestBytes) throw tooLarge(path, stat.size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ChecklistError) throw error;
    throw new ChecklistError('unreadable', `${path} cannot be read: ${whyUnreadable(error)}`, {
      cause: error,
    });
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return 'it is not there. Put it back, or name the right file in launch.yaml.';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it. Change its permissions.';
  return error instanceof Error ? error.message : String(error);
}

function tooLarge(path: string, size: number): ChecklistError {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return new ChecklistError(
    'too-large',
    `${path} is ${megabytes(size)} long. A checklist may be ${megabytes(largestBytes)}, which is room for 40,000 items: split it, or name the right file.`,
  );
}

function decode(path: string, bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw notText(path, 'it is UTF-16');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw notText(path, 'it is UTF-16');
  if (!isUtf8(bytes)) throw notText(path, `line ${firstBadLine(bytes)} holds bytes that are no UTF-8`);
  return bytes.toString('utf8');
}

function notText(path: string, why: string): ChecklistError {
  return new ChecklistError('not-text', `${path} is not UTF-8 text: ${why}. Save it as UTF-8.`);
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) break;
    start = end < 0 ? bytes.length : end + 1;
  }
  return line;
}
