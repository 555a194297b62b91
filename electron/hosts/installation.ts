import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where this copy of Holdpoint lies. */
export interface Installation {
  /** The folder that holds `package.json`. */
  home: string;
  version: string;
  /** The folder `resources`: worked packs, schemas, the sandbox's service. */
  resources: string;
}

/**
 * Finds the installation this file belongs to, run from source, built into `dist/`, or packed. A packed app has its
 * resources beside the archive, because other programs must be able to read them.
 */
export function findInstallation(from: string = import.meta.dirname): Installation {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as {
        name: string;
        version: string;
      };
      if (name === 'holdpoint') return { home: folder, version, resources: resourcesOf(folder) };
    }
    if (dirname(folder) === folder) {
      throw new Error(`Holdpoint's own files were not found above ${from}. Install it again.`);
    }
  }
}

function resourcesOf(folder: string): string {
  const isPacked = folder.includes('app.asar');
  const beside = (process as { resourcesPath?: string }).resourcesPath;
  return isPacked && beside ? beside : join(folder, 'resources');
}
