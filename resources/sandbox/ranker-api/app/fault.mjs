// @ts-check
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Fault
 * @property {'none' | 'slow' | 'wrong' | 'failing' | 'unhealthy'} kind
 * @property {number} delayMs of `slow`
 * @property {'constant' | 'nan' | 'as they are'} scores of `wrong`
 * @property {string} says the version that `wrong` claims; empty for the true one
 */

/** @type {Fault} */
const none = { kind: 'none', delayMs: 0, scores: 'as they are', says: '' };

/**
 * How the control file wants this version to misbehave now. Read on each request, so a rehearsal needs no restart.
 * @param {string} path
 * @param {string | null} version null for what no fault may touch
 * @returns {Fault}
 */
export function readFault(path, version) {
  if (version === null) return none;
  try {
    return parseFault(readFileSync(path, 'utf8'), version);
  } catch {
    return none;
  }
}

/**
 * @param {string} text a word, then `name=value` parameters
 * @param {string} version
 * @returns {Fault}
 */
export function parseFault(text, version) {
  const [word = '', ...rest] = text.trim().split(/\s+/);
  const given = new Map(
    rest.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  const only = given.get('version');
  if (only !== undefined && only !== version && only !== encodeURIComponent(version)) return none;
  switch (word) {
    case 'slow': {
      const seconds = Number(given.get('seconds') ?? 6);
      return { ...none, kind: word, delayMs: (Number.isFinite(seconds) ? seconds : 6) * 1000 };
    }
    case 'wrong': {
      const says = given.get('says') ?? '';
      const scores = given.get('scores') ?? (says ? 'as they are' : 'constant');
      return {
        ...none,
        kind: word,
        says,
        scores: scores === 'nan' ? 'nan' : scores === 'constant' ? 'constant' : 'as they are',
      };
    }
    case 'failing':
    case 'unhealthy':
      return { ...none, kind: word };
    default:
      return none;
  }
}
