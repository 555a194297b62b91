// @ts-check
import { join } from 'node:path';
import { readConfigFolder } from './config-files.mjs';
import { readEnvFile } from './env-file.mjs';
import { SettingsError } from './problem.mjs';

export const logLevels = /** @type {const} */ (['debug', 'info', 'warn', 'error']);
export const horizons = [1, 5, 10, 20];

/**
 * @typedef {{ name: string, key: string }} ApiKey
 *
 * @typedef {object} Portfolio
 * @property {number} topK names in a portfolio
 * @property {number} minPosition smallest weight that is held
 * @property {number} maxTurnover largest turnover of one rebalance
 * @property {number} costBps one way
 *
 * @typedef {object} Settings
 * @property {number} port
 * @property {ApiKey[]} keys
 * @property {string} environmentVersion empty where the file names none
 * @property {{ perUser: number, global: number }} requestsPerHour 0 is no limit
 * @property {typeof logLevels[number]} logLevel
 * @property {number} horizon
 * @property {string} rebalance
 * @property {Portfolio} portfolio
 */

/**
 * What this host and this release say together.
 * @param {string} root
 * @param {string} release
 * @returns {Settings}
 * @throws {SettingsError}
 */
export function readSettings(root, release) {
  const file = join(root, 'shared', '.env');
  const env = readEnvFile(file);
  return {
    port: wholeNumber(env, 'PORT', file, { least: 1, most: 65_535 }),
    keys: apiKeys(env.API_KEYS ?? '', file),
    environmentVersion: env.VERSION ?? env.MODEL_VERSION ?? '',
    requestsPerHour: {
      perUser: wholeNumber(env, 'RATE_LIMIT_PER_USER_PER_HOUR', file, { least: 0, most: 1e6, absent: 100 }),
      global: wholeNumber(env, 'RATE_LIMIT_GLOBAL_PER_HOUR', file, { least: 0, most: 1e6, absent: 1000 }),
    },
    logLevel: oneOf(env.LOG_LEVEL?.toLowerCase() ?? 'info', logLevels, `${file}: LOG_LEVEL`),
    ...releaseSettings(join(release, 'config')),
  };
}

/**
 * @param {string} folder
 * @returns {Pick<Settings, 'horizon' | 'rebalance' | 'portfolio'>}
 */
function releaseSettings(folder) {
  const values = readConfigFolder(folder);
  /** @param {string} key @param {number} least @param {number} most */
  const number = (key, least, most) => {
    const { value, place } = values.get(key) ?? { value: null, place: 'config/' };
    if (typeof value === 'number' && value >= least && value <= most) return value;
    const found = value === null ? 'is missing' : `is ${JSON.stringify(value)}`;
    throw new SettingsError(`${place}: ${key} ${found}; it must be a number from ${least} to ${most}.`);
  };
  const topK = number('top_k', 1, 500);
  const minPosition = number('min_position_size', 0, 1);
  if (!Number.isInteger(topK))
    throw new SettingsError(`config/: top_k is ${topK}; it must be a whole number.`);
  if (topK * minPosition > 1) {
    throw new SettingsError(
      `config/: top_k ${topK} times min_position_size ${minPosition} is more than 1. Lower one of them.`,
    );
  }
  return {
    horizon: oneOf(number('horizon', 1, 20), horizons, 'config/: horizon'),
    rebalance: oneOf(
      String(values.get('rebalance_freq')?.value ?? 'monthly'),
      ['daily', 'weekly', 'monthly'],
      'config/: rebalance_freq',
    ),
    portfolio: {
      topK,
      minPosition,
      maxTurnover: number('max_daily_turnover', 0, 1),
      costBps: number('transaction_cost_bps', 0, 1000),
    },
  };
}

/**
 * @template T
 * @param {string | number} value
 * @param {readonly T[]} allowed
 * @param {string} place
 * @returns {T}
 */
function oneOf(value, allowed, place) {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new SettingsError(`${place} is ${value}; it must be one of ${allowed.join(', ')}.`);
  return found;
}

/**
 * @param {Record<string, string>} env
 * @param {string} key
 * @param {string} file
 * @param {{ least: number, most: number, absent?: number }} range
 */
function wholeNumber(env, key, file, { least, most, absent }) {
  const text = env[key];
  if ((text === undefined || text === '') && absent !== undefined) return absent;
  const value = Number(text);
  if (text && /^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new SettingsError(
    `${file}: ${key} ${text ? `is "${text}"` : 'is missing'}; it must be a whole number from ${least} to ${most}.`,
  );
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {ApiKey[]}
 */
function apiKeys(text, file) {
  const entries = text.split(',').map((part) => part.trim());
  const keys = entries
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const [name, key] = entry.includes(':') ? entry.split(':', 2) : [`key-${index + 1}`, entry];
      // The key itself never goes into a message: this text ends up in a log.
      if (!name || !key || !/^[\w-]{16,}$/.test(key)) {
        throw new SettingsError(
          `${file}: entry ${index + 1} of API_KEYS is not "name:key" with a key of at least 16 of A-Z a-z 0-9 - _.`,
        );
      }
      return { name, key };
    });
  if (keys.length === 0)
    throw new SettingsError(`${file}: API_KEYS is missing, so nobody could ask anything.`);
  const names = new Set(keys.map(({ name }) => name));
  if (names.size < keys.length) throw new SettingsError(`${file}: API_KEYS gives one name to two keys.`);
  return keys;
}
