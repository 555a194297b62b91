import type { IncomingMessage } from 'node:http';

/**
 * Why a request is refused before anything looks at it, in a sentence; null where it may go on. A name that a
 * stranger's site bound to 127.0.0.1 shows in Host; a request that such a site sends shows in Origin.
 */
export function refuse(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  origin: string,
): string | null {
  if (`http://${headers.host}` !== origin) {
    return `This is ${origin} and answers to no other name. Forward the same port where you forward one.`;
  }
  const reads = method === 'GET' || method === 'HEAD';
  const upgrades = headers.upgrade !== undefined;
  if ((!reads || upgrades) && headers.origin !== origin) return 'Only its own window may ask this.';
  return null;
}

/** The value of a cookie, or null. Two of one name are refused: one of them was planted. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}
