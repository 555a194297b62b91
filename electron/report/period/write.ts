import { digestOf, inTurns } from '../../signoff/index.ts';
import { addingSums, sumsFile } from '../bundle-files.ts';
import { renderHtml } from '../html.ts';
import { renderMarkdown } from '../markdown.ts';
import { type Printer, withPdf } from '../with-pdf.ts';
import { auditBundleInTurns } from '../write-bundle.ts';
import { indexOf, periodOf } from './content.ts';
import type { PeriodFacts } from './facts.ts';
import { indexJson } from './json.ts';
import { verifyAllCmd, verifyAllSh } from './scripts.ts';

export const launchesFolder = 'launches';
export const indexFile = 'index.json';

/**
 * The files of the audit of a period by name: the index, and a whole audit bundle of each launch in its own folder.
 * @param printer makes a PDF of the index and of each report; null for none
 * @throws Error of the printer
 */
export async function periodBundle(
  facts: PeriodFacts,
  printer: Printer | null,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const bundles: { folder: string; digest: string }[] = [];
  for (const { facts: launch } of facts.launches) {
    const folder = folderOf(launch.launch.id, bundles.length);
    const made = await auditBundleInTurns(launch);
    const bundle = printer ? await withPdf(made, printer) : made;
    for (const [name, bytes] of bundle) files.set(`${folder}/${name}`, bytes);
    bundles.push({ folder, digest: digestOf(bundle.get(sumsFile) ?? Buffer.of()) });
  }
  const index = indexOf(
    facts,
    bundles.map(({ folder }) => folder),
  );
  const add = (name: string, text: string) => files.set(name, Buffer.from(text));
  // A git that converts line ends would break every signature.
  add('.gitattributes', '* -text\n');
  add('index.html', renderHtml(`All launches, ${periodOf(facts)}`, index));
  add('index.md', renderMarkdown(index));
  add(indexFile, `${JSON.stringify(indexJson(facts, bundles), null, 2)}\n`);
  add('verify.sh', verifyAllSh);
  add('verify.cmd', verifyAllCmd);
  return printer ? withPdf(files, printer) : inTurns(addingSums(files));
}

/** `launches/0003-apex-1.2.0`: its number first, so that every system lists the folders in one order. */
function folderOf(id: string, index: number): string {
  const words = id.replace(/[^A-Za-z0-9._]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${launchesFolder}/${String(index + 1).padStart(4, '0')}-${words.slice(0, 60).replace(/[-.]+$/, '')}`;
}
