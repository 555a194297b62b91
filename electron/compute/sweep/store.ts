import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PointResult } from './point.ts';

/** A sum over the text, so that a file that a dying machine cut off is computed again and not believed. */
const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');

const fileOf = (folder: string, digest: string) => join(folder, `${digest}.json`);

/** Writes a result whole or not at all. Who computes the same point at the same time writes the same. */
export function writeResult(folder: string, result: PointResult): void {
  mkdirSync(folder, { recursive: true });
  const path = fileOf(folder, result.digest);
  const partial = `${path}.${process.pid}.part`;
  const text = JSON.stringify(result);
  try {
    writeFileSync(partial, `${text}\n${sumOf(text)}\n`);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Null where there is none, or none that can be believed. */
export function readResult(folder: string, digest: string): PointResult | null {
  let written: string;
  try {
    written = readFileSync(fileOf(folder, digest), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseResult(written, digest);
}

/** What a result's file says; null where it was cut off or changed, or is of another point. */
export function parseResult(written: string, digest: string): PointResult | null {
  const [text = '', sum] = written.split('\n');
  if (sumOf(text) !== sum) return null;
  const result = JSON.parse(text) as PointResult;
  return result.digest === digest ? result : null;
}

export function removeResult(folder: string, digest: string): void {
  rmSync(fileOf(folder, digest), { force: true });
}
