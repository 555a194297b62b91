import type { Problem } from '../../shared/contract/common.ts';
import { readTextFile } from './files.ts';
import { findNul } from './nul.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export interface YamlFile {
  /** Null where it is no YAML, or could not be read. */
  source: YamlSource | null;
  /** Null where it could not be read. */
  sha256: string | null;
  problems: Problem[];
}

/** Reads a YAML file that people write by hand. Whatever stands against it is a problem, not an exception. */
export async function readYamlFile(folder: string, file: string): Promise<YamlFile> {
  const read = await readTextFile(folder, file);
  if (!read.ok) return { source: null, sha256: null, problems: [read.problem] };
  const { text, sha256 } = read.value;
  const { source, problems } = readYaml(file, text);
  if (!source) return { source, sha256, problems };
  if (source.value === null || source.value === undefined) {
    const problem = { file, line: 1, column: 1, path: '', message: 'The file is empty.' };
    return { source: null, sha256, problems: [problem] };
  }
  return { source, sha256, problems: [...problems, ...findNul(source)] };
}
