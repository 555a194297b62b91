import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

export interface StoredAnswer {
  answer: unknown;
  /** When it was computed. */
  at: string;
}

/** Answers by the digest of their question. What is damaged counts as not there. */
export interface AnswerStore {
  get(digest: string): StoredAnswer | null;
  put(digest: string, stored: StoredAnswer): void;
}

const digestLength = 32;

/** The store in the folder of the compute process. */
export function answersIn(folder: string): AnswerStore {
  return openAnswerStore(join(folder, 'answers'));
}

/**
 * Opens the store in a folder, which need not exist. Each answer is a file of its SHA-256 and its structured clone, which
 * keeps what JSON loses: infinities and typed arrays. The least recently written go first when there is no more room.
 */
export function openAnswerStore(folder: string, roomBytes = 512 * 2 ** 20): AnswerStore {
  const pathOf = (digest: string) => join(folder, digest);
  return {
    get(digest) {
      try {
        const bytes = readFileSync(pathOf(digest));
        const body = bytes.subarray(digestLength);
        if (!sha256(body).equals(bytes.subarray(0, digestLength))) return null;
        return deserialize(body) as StoredAnswer;
      } catch {
        return null;
      }
    },
    put(digest, stored) {
      const body = serialize(stored);
      if (body.length > roomBytes) return;
      mkdirSync(folder, { recursive: true });
      makeRoom(folder, roomBytes - body.length);
      const partial = `${pathOf(digest)}.${process.pid}.part`;
      writeFileSync(partial, Buffer.concat([sha256(body), body]));
      renameSync(partial, pathOf(digest));
    },
  };
}

function makeRoom(folder: string, bytes: number): void {
  const files = readdirSync(folder)
    .flatMap((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat ? [{ name, size: stat.size, writtenMs: stat.mtimeMs }] : [];
    })
    .sort((a, b) => b.writtenMs - a.writtenMs);
  let kept = 0;
  for (const { name, size } of files) {
    kept += size;
    if (kept > bytes) rmSync(join(folder, name), { force: true });
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
