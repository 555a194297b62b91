// @ts-check
import { basename, dirname, join } from 'node:path';
import { readModel } from './model.mjs';
import { readRelease } from './release.mjs';
import { readSettings } from './settings.mjs';

/**
 * Everything that decides the answers: read together, replaced together.
 * @typedef {object} State
 * @property {string} root of the system on this host
 * @property {string} releaseName name of the release's folder
 * @property {import('./settings.mjs').Settings} settings
 * @property {import('./release.mjs').Release} release
 * @property {import('./model.mjs').Model} model
 */

/**
 * @param {string} releaseFolder `{root}/releases/<release>`
 * @returns {State}
 * @throws {import('./problem.mjs').SettingsError}
 */
export function readState(releaseFolder) {
  const root = dirname(dirname(releaseFolder));
  const release = readRelease(releaseFolder);
  return {
    root,
    releaseName: basename(releaseFolder),
    settings: readSettings(root, releaseFolder),
    release,
    model: readModel(join(releaseFolder, release.modelFile)),
  };
}
