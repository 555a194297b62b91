import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';

/** `~` is the person's own folder, as in a shell. */
export function inFull(typed: string): string {
  return typed.trim().replace(/^~(?=[\\/]|$)/, homedir());
}

/** Where a path that a person typed leads. What it would be relative to, nobody sees. @throws Error */
export function placeOf(typed: string): string {
  const path = inFull(typed);
  if (isAbsolute(path)) return path;
  throw new Error(`Write the whole path, from / on: ${typed} could be anywhere.`);
}
