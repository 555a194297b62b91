// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from './problem.mjs';

/**
 * @typedef {object} Release
 * @property {string} system
 * @property {string} version
 * @property {string} modelFile path inside the release
 * @property {string} modelSha256
 */

/** Configuration may be changed on the host after unpacking; code and model may not. */
const guarded = /^(app|models)\//;

/**
 * Reads the manifest of a release and compares its files with it.
 * @param {string} folder
 * @returns {Release}
 * @throws {SettingsError}
 */
export function readRelease(folder) {
  const manifest = readJson(join(folder, 'MANIFEST.json'));
  for (const [path, expected] of Object.entries(manifest.files)) {
    if (!guarded.test(path)) continue;
    const found = sha256(join(folder, path));
    if (found !== expected) {
      throw new SettingsError(
        `${join(folder, path)} has SHA-256 ${found}, and MANIFEST.json says ${expected}. Unpack the bundle again.`,
      );
    }
  }
  const { system, version, model } = manifest;
  return { system, version, modelFile: model, modelSha256: manifest.files[model] ?? '' };
}

/** @param {string} path */
function sha256(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    throw new SettingsError(`${path} is in MANIFEST.json but cannot be read. Unpack the bundle again.`);
  }
}

/**
 * @param {string} path
 * @returns {{ system: string, version: string, model: string, files: Record<string, string> }}
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SettingsError(`${path} cannot be read: ${/** @type {Error} */ (error).message}.`);
  }
}
