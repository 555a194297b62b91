// @ts-check
import { readFileSync } from 'node:fs';
import { SettingsError } from './problem.mjs';

/**
 * Reads `KEY=value` lines. Quotes around a value are taken off; nothing is expanded.
 * @param {string} path
 * @returns {Record<string, string>}
 * @throws {SettingsError}
 */
export function readEnvFile(path) {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`${path} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
  return parseEnv(text, path);
}

/**
 * @param {string} text
 * @param {string} path for messages
 * @returns {Record<string, string>}
 */
export function parseEnv(text, path) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    if (!match) throw new SettingsError(`${path}:${index + 1} is not KEY=value.`);
    const [, key = '', value = ''] = match;
    const quoted = /^(["'])(.*)\1$/.exec(value);
    values[key] = quoted ? (quoted[2] ?? '') : value;
  }
  return values;
}
