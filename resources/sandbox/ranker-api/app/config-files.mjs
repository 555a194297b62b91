// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from './problem.mjs';

/** @typedef {{ value: string | number | boolean | null, place: string }} ConfigValue */

/**
 * Reads `*.yaml` and `*.json` of a folder, `defaults.yaml` first, a later file over an earlier one.
 * @param {string} folder
 * @returns {Map<string, ConfigValue>}
 * @throws {SettingsError}
 */
export function readConfigFolder(folder) {
  const names = readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort((a, b) => Number(b === 'defaults.yaml') - Number(a === 'defaults.yaml') || (a < b ? -1 : 1));
  /** @type {Map<string, ConfigValue>} */
  const values = new Map();
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    const read = name.endsWith('.json') ? parseJson(text, name) : parseFlatYaml(text, name);
    for (const [key, value] of read) values.set(key, value);
  }
  return values;
}

/**
 * The part of YAML that settings need: `key: value` at the left margin. What is indented, or a list, belongs to a
 * key this service does not know, and is passed over.
 * @param {string} text
 * @param {string} name for messages
 * @returns {Map<string, ConfigValue>}
 */
export function parseFlatYaml(text, name) {
  /** @type {Map<string, ConfigValue>} */
  const values = new Map();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^(\s|#|-|$|\.\.\.)/.test(line)) continue;
    const match = /^(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*:(?:\s+(.*))?$/.exec(line);
    if (!match) throw new SettingsError(`config/${name}:${index + 1} is not "key: value".`);
    const key = match[1] ?? match[2] ?? match[3] ?? '';
    values.set(key, { value: scalar(match[4] ?? ''), place: `config/${name}:${index + 1}` });
  }
  return values;
}

/** @param {string} text */
function scalar(text) {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(text);
  if (quoted) return quoted[2] ?? '';
  const plain = text.replace(/(^|\s)#.*$/, '').trim();
  if (plain === '' || plain === '~' || plain === 'null') return null;
  if (plain === 'true' || plain === 'false') return plain === 'true';
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : plain;
}

/**
 * @param {string} text
 * @param {string} name
 * @returns {Map<string, ConfigValue>}
 */
function parseJson(text, name) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`config/${name} is not JSON: ${/** @type {Error} */ (error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SettingsError(`config/${name} must hold one object.`);
  }
  return new Map(
    Object.entries(value).map(([key, entry]) => [key, { value: entry, place: `config/${name}` }]),
  );
}
