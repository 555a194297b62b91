// @ts-check
import { Problem } from './problem.mjs';

/** @typedef {{ path: string, message: string }} Mistake */

/**
 * Reads an object's fields and collects every mistake, so that one answer names them all.
 */
export class Input {
  /** @type {Mistake[]} */
  #mistakes = [];
  /** @type {Record<string, unknown>} */
  #fields;

  /** @param {unknown} value @param {readonly string[]} known */
  constructor(value, known) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) this.mistake('', `the body must be a JSON object, and is ${shown(value)}`);
    this.#fields = isObject ? /** @type {Record<string, unknown>} */ (value) : {};
    for (const name of Object.keys(this.#fields)) {
      if (!known.includes(name)) this.mistake(name, `is not known here; known are ${known.join(', ')}`);
    }
  }

  /** @param {string} path @param {string} message */
  mistake(path, message) {
    this.#mistakes.push({ path, message });
  }

  /** @param {string} name */
  raw(name) {
    return this.#fields[name];
  }

  /** @param {string} name */
  has(name) {
    return this.#fields[name] !== undefined;
  }

  /**
   * A date, or the absent value.
   * @param {string} name @param {string} absent
   */
  date(name, absent) {
    const value = this.#fields[name];
    if (value === undefined) return absent;
    if (isDate(value)) return value;
    this.mistake(name, `must be a date as YYYY-MM-DD, and is ${shown(value)}`);
    return absent;
  }

  /**
   * @param {string} name @param {number} absent @param {{ least: number, most: number, whole?: boolean }} range
   */
  number(name, absent, { least, most, whole = false }) {
    const value = this.#fields[name];
    if (value === undefined) return absent;
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))) {
      return value;
    }
    const kind = whole ? 'a whole number' : 'a number';
    this.mistake(name, `must be ${kind} from ${least} to ${most}, and is ${shown(value)}`);
    return absent;
  }

  /**
   * @param {string} name @param {number} absent @param {readonly number[]} allowed
   */
  oneOf(name, absent, allowed) {
    const value = this.#fields[name];
    if (value === undefined) return absent;
    if (typeof value === 'number' && allowed.includes(value)) return value;
    this.mistake(name, `must be one of ${allowed.join(', ')}, and is ${shown(value)}`);
    return absent;
  }

  /**
   * Positive weights by code.
   * @param {string} name
   * @returns {Map<string, number>}
   */
  weights(name) {
    const value = this.#fields[name];
    if (value === undefined) return new Map();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.mistake(name, `must be an object of weights by code, and is ${shown(value)}`);
      return new Map();
    }
    const weights = new Map();
    for (const [code, weight] of Object.entries(value)) {
      if (typeof weight === 'number' && weight >= 0 && weight <= 1) weights.set(code, weight);
      else this.mistake(`${name}.${code}`, `must be a weight from 0 to 1, and is ${shown(weight)}`);
    }
    const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
    if (sum > 1.0001) this.mistake(name, `must sum to 1 at most, and sums to ${Number(sum.toFixed(6))}`);
    return weights;
  }

  /**
   * A list of objects, or an empty one.
   * @param {string} name @param {number} most
   * @returns {Record<string, unknown>[]}
   */
  list(name, most) {
    const value = this.#fields[name];
    if (!Array.isArray(value) || value.length === 0 || value.length > most) {
      const found = Array.isArray(value) ? `has ${value.length}` : `is ${shown(value)}`;
      this.mistake(name, `must be a list of 1 to ${most} entries, and ${found}`);
      return [];
    }
    return value.flatMap((entry, index) => {
      if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return [entry];
      this.mistake(`${name}[${index}]`, `must be an object, and is ${shown(entry)}`);
      return [];
    });
  }

  /** @throws {Problem} 400 that names every mistake */
  done() {
    if (this.#mistakes.length === 0) return;
    const text = this.#mistakes
      .map(({ path, message }) => (path ? `${path} ${message}` : message))
      .join('; ');
    throw new Problem(400, 'bad-request', `${text}.`, { problems: this.#mistakes });
  }
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isDate(value) {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value;
}

/** @param {unknown} value */
export function shown(value) {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
