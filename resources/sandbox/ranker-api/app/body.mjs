// @ts-check
import { Problem } from './problem.mjs';

const mostBytes = 1e6;

/**
 * The JSON body of a request; an empty one is an empty object.
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<unknown>}
 * @throws {Problem} 400, 413, 415
 */
export async function readBody(request) {
  const tooLarge = () =>
    new Problem(413, 'too-large', `The body may have ${mostBytes} bytes at most.`, {
      headers: { connection: 'close' },
    });
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  /** @type {Buffer[]} */
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(.+\+)?json\s*(;|$)/i.test(type)) {
    throw new Problem(415, 'not-json', `Send the body as application/json; it came as ${type || 'nothing'}.`);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new Problem(400, 'bad-json', `The body is not JSON: ${/** @type {Error} */ (error).message}.`);
  }
}

/**
 * The parameters of an address as a body would give them: whole numbers as numbers.
 * @param {URLSearchParams} query
 */
export function bodyOf(query) {
  return Object.fromEntries(
    [...query].map(([name, value]) => [name, /^-?\d{1,15}$/.test(value) ? Number(value) : value]),
  );
}
