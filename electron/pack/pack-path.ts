import { posix, win32 } from 'node:path';

/** Why a path does not lie in the pack's folder; null where it does. */
export function pathProblem(path: string): { message: string; hint: string } | null {
  const outside =
    posix.isAbsolute(path) ||
    win32.isAbsolute(path) ||
    /^(~|[A-Za-z]:)/.test(path) ||
    posix.normalize(path.replaceAll('\\', '/')).split('/')[0] === '..';
  if (!outside) return null;
  return {
    message: `${JSON.stringify(path)} lies outside the pack's folder.`,
    hint: 'Give the path inside the folder, and copy or link the file there.',
  };
}
