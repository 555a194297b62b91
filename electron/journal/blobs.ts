import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Texts and files that entries name by digest: the checklist as it was read, a script as it was run. */
export interface Blobs {
  /** Keeps the bytes and gives their SHA-256 in hex. Keeping the same bytes twice costs nothing. */
  put(bytes: string | Buffer): string;
  /** The bytes of a digest, or null where this machine does not have them. */
  get(digest: string): Buffer | null;
}

export function openBlobs(folder: string): Blobs {
  mkdirSync(folder, { recursive: true });
  const pathOf = (digest: string) => join(folder, digest);
  return {
    put(bytes) {
      const data = Buffer.from(bytes);
      const digest = createHash('sha256').update(data).digest('hex');
      if (!existsSync(pathOf(digest))) writeDurably(pathOf(digest), data);
      return digest;
    },
    get(digest) {
      try {
        return readFileSync(pathOf(digest));
      } catch {
        return null;
      }
    },
  };
}

function writeDurably(path: string, data: Buffer): void {
  const partial = `${path}.${process.pid}.part`;
  const file = openSync(partial, 'w');
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}
