import { statSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';

/** One file of the window, found for a path of its address. */
export interface WindowFile {
  path: string;
  type: string;
  cacheControl: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The file of `folder` for the path part of an address, or null. Nothing outside `folder` is ever found. A path that
 * is no file is a place inside the app, so that it can be reloaded there.
 */
export function findWindowFile(folder: string, pathname: string): WindowFile | null {
  const path = decode(pathname);
  if (path === null) return null;
  const file = resolve(folder, `./${path}`);
  const inside = relative(folder, file);
  if (inside.startsWith('..') || isAbsolute(inside)) return null;
  if (isFile(file)) return describe(file, inside.startsWith('assets'));
  // A place in the app may have dots; a missing script must not turn into a page.
  return extname(inside) in types ? null : describe(join(folder, 'index.html'), false);
}

function describe(path: string, hashedName: boolean): WindowFile {
  return {
    path,
    type: types[extname(path)] ?? 'application/octet-stream',
    cacheControl: hashedName ? 'public, max-age=31536000, immutable' : 'no-store',
  };
}

function decode(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
