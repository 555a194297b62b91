import type { Problem } from '../../shared/contract/common.ts';
import { namesIn } from './files.ts';
import { readYamlFile } from './yaml-file.ts';
import type { YamlSource } from './yaml-source.ts';

const launchFile = 'launch.yaml';
const runbookFolder = 'runbooks';

/** The files of a pack as far as they are YAML; null in place of one that is not. */
export interface PackSources {
  launch: YamlSource | null;
  runbooks: { name: string; source: YamlSource | null }[];
  /** File names of the runbooks without folder and ending; null where their folder could not be read. */
  runbookNames: string[] | null;
}

export type OpenedPack =
  | {
      ok: true;
      sources: PackSources;
      /** All files in their order, read or not. */
      files: string[];
      digests: Record<string, string>;
      problems: Problem[];
    }
  | { ok: false; problems: Problem[] };

/** Reads the YAML files of a pack's folder. Not `ok` where the folder is no pack at all. */
export async function openPack(folder: string): Promise<OpenedPack> {
  const top = await namesIn(folder, '');
  if (!top.ok) return { ok: false, problems: [top.problem] };
  if (top.value === null) {
    const hint = 'Check the path, or whether the drive it is on is there.';
    return { ok: false, problems: [atTop(folder, 'There is no such folder.', hint)] };
  }
  if (!top.value.includes(launchFile)) {
    const hint = 'Open the folder that has one; it makes a folder a launch pack.';
    return { ok: false, problems: [atTop(launchFile, `There is no ${launchFile} in ${folder}.`, hint)] };
  }
  const runbooks = await listRunbooks(folder);
  const problems = [...runbooks.problems];
  const digests: Record<string, string> = {};
  const open = async (file: string): Promise<YamlSource | null> => {
    const { source, sha256, problems: found } = await readYamlFile(folder, file);
    if (sha256 !== null) digests[file] = sha256;
    problems.push(...found);
    return source;
  };
  const entries = runbooks.entries ?? [];
  const sources: PackSources = {
    launch: await open(launchFile),
    runbooks: [],
    runbookNames: runbooks.entries?.map(({ name }) => name) ?? null,
  };
  for (const { name, file } of entries) {
    sources.runbooks.push({ name, source: await open(file) });
  }
  const files = [launchFile, ...entries.map(({ file }) => file)];
  return { ok: true, sources, files, digests, problems };
}

async function listRunbooks(folder: string) {
  const names = await namesIn(folder, runbookFolder);
  if (!names.ok) return { entries: null, problems: [names.problem] };
  const entries = (names.value ?? [])
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .map((name) => ({ file: `${runbookFolder}/${name}`, name: name.replace(/\.ya?ml$/, '') }));
  const problems = entries.flatMap(({ file, name }, index) => {
    const first = entries.findIndex((other) => other.name === name);
    if (first === index) return [];
    const message = `The runbook ${JSON.stringify(name)} is in ${entries[first]?.file} as well.`;
    return [atTop(file, message, 'Rename one of the two files.')];
  });
  return { entries, problems };
}

const atTop = (file: string, message: string, hint?: string): Problem => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message,
  ...(hint && { hint }),
});
