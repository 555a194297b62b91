import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { SignoffError } from '../errors.ts';

/** What may be signed: no fractions, because two programs write them differently, and nothing that JSON drops. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The one way to write a value, by RFC 8785. @throws SignoffError `malformed` */
export function canonicalBytes(value: Plain): Buffer {
  assertPlain(value, '');
  return Buffer.from(canonicalize(value) ?? '');
}

/** Reads bytes that `canonicalBytes` could have written: no key twice, no blanks, UTF-8. @throws SignoffError `malformed` */
export function readCanonical(bytes: Buffer, what: string): Plain {
  let value: Plain;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text) as Plain;
  } catch (error) {
    const why = bytes.length === 0 ? 'it is empty' : 'it is damaged or cut off';
    throw new SignoffError('malformed', `${what} cannot be read: ${why}.`, { cause: error });
  }
  if (bytes.length > 0 && canonicalBytes(value).equals(bytes)) return value;
  const why = text.includes('\n') ? ' Something changed its line ends or laid it out anew.' : '';
  throw new SignoffError('malformed', `${what} is not written in the one form that can be signed.${why}`);
}

/** SHA-256, hex. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function assertPlain(value: Plain, path: string): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string' && value.isWellFormed()) return;
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return;
  if (Array.isArray(value)) {
    value.forEach((one, index) => {
      assertPlain(one, `${path}[${index}]`);
    });
    return;
  }
  if (typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      assertPlain(key, path);
      assertPlain(one, path === '' ? key : `${path}.${key}`);
    }
    return;
  }
  throw new SignoffError(
    'malformed',
    `${path || 'The value'} cannot be signed: only whole numbers and text can.`,
  );
}
