import type { Problem } from '../../../shared/contract/common.ts';
import { SignoffError } from '../errors.ts';
import { decodeBase64 } from '../ssh/armour.ts';
import { type PublicKey, parsePublicKey } from '../ssh/key.ts';
import { parseTimestamp } from './time.ts';

/** One line of allowed_signers: whose signatures a key may make, for what, and when. */
export interface AllowedSigner {
  line: number;
  /** Patterns, as written. */
  principals: string[];
  /** The key signs certificates, and those sign. */
  certAuthority: boolean;
  /** Patterns of purposes; null for all. */
  namespaces: string[] | null;
  validAfter: Date | null;
  validBefore: Date | null;
  key: PublicKey;
  comment: string;
}

export interface AllowedSigners {
  signers: AllowedSigner[];
  /** Lines that say nothing because of a mistake. The others count, as they do for `ssh-keygen`. */
  problems: Problem[];
}

/** What is wrong with a line, and at which column, from 1. */
class LineError extends Error {
  readonly column: number;

  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

/** Reads an allowed_signers file: see ALLOWED SIGNERS in ssh-keygen(1). */
export function parseAllowedSigners(text: string, file = 'allowed_signers'): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const problems: Problem[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = index + 1;
    if (/^[ \t]*(#|\r?$)/.test(raw)) return;
    try {
      signers.push(parseLine(raw.replace(/\r$/, ''), line));
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      problems.push({ file, line, column: error.column, path: '', message: error.message });
    }
  });
  return { signers, problems };
}

interface Word {
  text: string;
  /** From 0. */
  at: number;
}

function parseLine(text: string, line: number): AllowedSigner {
  const words = splitWords(text);
  const [principals, second, third] = words;
  if (!principals || !second) {
    throw new LineError(1, 'A line has principals, options where needed, the type of the key, and the key.');
  }
  const hasOptions = !isKeyType(second.text);
  const options = hasOptions ? parseOptions(second) : noOptions;
  const type = hasOptions ? third : second;
  const key = words[hasOptions ? 3 : 2];
  if (!type || !key) throw new LineError(text.length + 1, 'The key is missing.');
  return {
    line,
    principals: unquoted(principals).split(','),
    ...options,
    key: parseKey(type, key),
    comment: words
      .slice(hasOptions ? 4 : 3)
      .map((word) => word.text)
      .join(' '),
  };
}

/** Words between blanks; inside double quotes a blank is part of the word. */
function splitWords(text: string): Word[] {
  const words: Word[] = [];
  const pattern = /(?:[^\s"]|"(?:[^"\\]|\\.)*")+|"/g;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '"') throw new LineError(match.index + 1, 'The quote is not closed.');
    words.push({ text: match[0], at: match.index });
  }
  return words;
}

function isKeyType(word: string): boolean {
  return /^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+$/.test(word);
}

function unquoted({ text, at }: Word): string {
  const inner = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (inner.includes('"'))
    throw new LineError(at + 1, 'The quotes go around all principals, or around none.');
  return inner;
}

const noOptions = { certAuthority: false, namespaces: null, validAfter: null, validBefore: null };

function parseOptions({ text, at }: Word) {
  const options: Pick<AllowedSigner, keyof typeof noOptions> = { ...noOptions };
  let column = at + 1;
  for (const option of text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+|,/g) ?? []) {
    if (option !== ',') readOption(option, column, options);
    column += option.length;
  }
  if (options.validAfter && options.validBefore && options.validBefore <= options.validAfter) {
    throw new LineError(at + 1, 'The key stops being valid before it begins to be.');
  }
  return options;
}

function readOption(
  option: string,
  column: number,
  options: Pick<AllowedSigner, keyof typeof noOptions>,
): void {
  const [name = '', quoted] = option.split(/=(.*)/s);
  const value = /^"(.*)"$/s.exec(quoted ?? '')?.[1]?.replaceAll('\\"', '"');
  switch (name.toLowerCase()) {
    case 'cert-authority':
      if (quoted !== undefined) throw new LineError(column, 'cert-authority stands alone, without a value.');
      options.certAuthority = true;
      return;
    case 'namespaces':
      if (options.namespaces) throw new LineError(column, 'namespaces is there twice.');
      options.namespaces = needed(name, value, column).split(',');
      return;
    case 'valid-after':
    case 'valid-before': {
      const key = name.toLowerCase() === 'valid-after' ? 'validAfter' : 'validBefore';
      if (options[key]) throw new LineError(column, `${name} is there twice.`);
      const date = parseTimestamp(needed(name, value, column));
      if (!date)
        throw new LineError(column, `${name} is no time. Write it as "20261124Z" or "20261124093000Z".`);
      options[key] = date;
      return;
    }
    default:
      throw new LineError(
        column,
        `"${name}" is neither an option nor a type of key. Options are namespaces, valid-after, valid-before, cert-authority.`,
      );
  }
}

function needed(name: string, value: string | undefined, column: number): string {
  if (value) return value;
  throw new LineError(column, `${name} needs a value in double quotes: ${name}="…".`);
}

function parseKey(type: Word, word: Word): PublicKey {
  try {
    const key = parsePublicKey(decodeBase64(word.text, 'The key'));
    if (key.type !== type.text) {
      throw new LineError(type.at + 1, `The key is of type ${key.type}, but the line says ${type.text}.`);
    }
    return key;
  } catch (error) {
    if (error instanceof SignoffError) throw new LineError(word.at + 1, error.message);
    throw error;
  }
}
