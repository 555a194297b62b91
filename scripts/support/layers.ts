import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The floors of the house. A file imports only from its own folder, from a lower floor, or from `shared/`.
 * ARCHITECTURE.md shows the same table as a picture.
 */
const floors: Record<string, number> = {
  'electron/hosts': 0,
  'electron/journal': 1,
  'electron/ssh': 1,
  'electron/hardware': 1,
  'electron/compute': 1,
  'electron/sandbox': 1,
  'electron/keys': 1,
  'electron/compute-desk': 2,
  'electron/settings': 2,
  'electron/slurm': 2,
  'electron/checklist': 2,
  'electron/pack': 2,
  'electron/checks': 3,
  'electron/signoff': 3,
  'electron/runbook': 3,
  'electron/board': 4,
  'electron/monitor': 4,
  'electron/report': 4,
  'electron/notify': 4,
  'electron/launch': 5,
  'electron/router': 6,
  electron: 7,
  'electron/cli': 8,
  'electron/cli.ts': 9,
  'renderer/ui': 0,
  'renderer/app': 1,
  renderer: 3,
};
/** Every other folder of `renderer/` is a screen. */
const screenFloor = 2;

const importsElectron = /^electron\/(main|preload)\.ts$|^electron\/hosts\/electron\/[a-z-]+\.ts$/;

export interface LayerProblem {
  file: string;
  line: number;
  message: string;
}

/** Every import in `electron/`, `renderer/` and `shared/` that goes upwards, sideways or around an index file. */
export function findLayerProblems(root: string): LayerProblem[] {
  return ['electron', 'renderer', 'shared']
    .flatMap((top) => sourceFiles(join(root, top)))
    .flatMap((file) => {
      const name = relative(root, file).split(sep).join('/');
      return importsOf(readFileSync(file, 'utf8')).flatMap(({ line, specifier }) => {
        const message = objection(root, name, specifier);
        return message ? [{ file: name, line, message }] : [];
      });
    });
}

function objection(root: string, file: string, specifier: string): string | null {
  if (specifier === 'electron') {
    return importsElectron.test(file) ? null : "only Electron's entries and its host import 'electron'";
  }
  const top = file.split('/')[0] ?? '';
  if (!specifier.startsWith('.')) {
    return top !== 'electron' && specifier.startsWith('node:') ? `${top}/ has no Node` : null;
  }
  const target = relative(root, resolve(root, dirname(file), specifier))
    .split(sep)
    .join('/');
  const targetTop = target.split('/')[0] ?? '';
  if (targetTop === 'shared') return null;
  if (targetTop !== top) return `${top}/ does not import from ${targetTop}/`;
  if (top === 'shared') return null;

  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return null;
  const [fromFloor, toFloor] = [floorOf(from), floorOf(to)];
  if (toFloor >= fromFloor) return `${from} (floor ${fromFloor}) imports from ${to} (floor ${toFloor})`;
  const hasIndex = existsSync(join(root, to, 'index.ts'));
  if (hasIndex && to !== top && !/\/index\.tsx?$/.test(target))
    return `import from ${to}/index.ts, its public file`;
  return null;
}

function folderOf(file: string): string {
  if (floors[file] !== undefined) return file;
  const parts = file.split('/');
  return parts.length > 2 ? `${parts[0]}/${parts[1]}` : (parts[0] ?? '');
}

function floorOf(folder: string): number {
  const floor = floors[folder];
  if (floor !== undefined) return floor;
  if (folder.startsWith('renderer/')) return screenFloor;
  throw new Error(`${folder} has no floor yet: give it one in scripts/support/layers.ts`);
}

function importsOf(source: string): { line: number; specifier: string }[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...source.matchAll(pattern)].map((match) => ({
    line: source.slice(0, (match.index ?? 0) + match[0].length).split('\n').length,
    specifier: match[1] ?? match[2] ?? '',
  }));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
