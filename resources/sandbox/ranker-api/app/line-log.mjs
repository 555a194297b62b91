// @ts-check
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A file of JSON objects, one per line. Full, it becomes `<path>.1` and a new one begins.
 * @param {string} path
 * @param {number} mostBytes
 */
export function openLineLog(path, mostBytes = 20e6) {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, 'a', 0o640);
  let bytes = fstatSync(file).size;
  return {
    /** @param {object} entry */
    write(entry) {
      if (bytes > mostBytes) {
        closeSync(file);
        renameSync(path, `${path}.1`);
        file = openSync(path, 'a', 0o640);
        bytes = 0;
      }
      bytes += writeSync(file, `${JSON.stringify(entry)}\n`);
    },
    close: () => closeSync(file),
  };
}
/** @typedef {ReturnType<typeof openLineLog>} LineLog */
