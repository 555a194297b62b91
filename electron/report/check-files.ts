import { digestOf } from '../signoff/index.ts';
import { sumsFile, sumsOf } from './bundle-files.ts';

/** Takes a finding about a file. */
export type Tell = (file: string, text: string) => void;

/** Whether SHA256SUMS lists exactly the files that are here, and each as it is. */
export function checkSums(files: ReadonlyMap<string, Buffer>, wrong: Tell): void {
  const sums = files.get(sumsFile);
  if (!sums) {
    wrong(sumsFile, 'It is missing, so nothing says what belongs to the bundle.');
    return;
  }
  const listed = new Set<string>();
  sums
    .toString('latin1')
    .split(/(?<=\n)/)
    .forEach((line, index) => {
      const [, digest = '', name = ''] = /^([0-9a-f]{64}) {2}([^\n]+)\n$/.exec(line) ?? [];
      const bytes = files.get(name);
      listed.add(name);
      if (digest === '') wrong(sumsFile, `Line ${index + 1} is not a digest and a name.`);
      else if (!bytes) wrong(name, `${sumsFile} lists it, but it is not here.`);
      else if (digestOf(bytes) !== digest)
        wrong(name, `It is not what ${sumsFile} lists: one of the two was changed.`);
    });
  for (const name of files.keys()) {
    if (name !== sumsFile && !listed.has(name)) wrong(name, `${sumsFile} does not list it.`);
  }
  if (!sums.equals(sumsOf(files)))
    wrong(sumsFile, 'It is not, byte for byte, the list of the files that are here.');
}

/** Whether the scripts are those that are written here, by name. */
export function tellOfScripts(
  files: ReadonlyMap<string, Buffer>,
  scripts: Readonly<Record<string, string>>,
  note: Tell,
): void {
  for (const [name, text] of Object.entries(scripts)) {
    if (files.get(name)?.toString('utf8') !== text)
      note(name, 'It is not the script that this Holdpoint writes: read it before you trust it.');
  }
}
