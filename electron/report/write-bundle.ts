import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atOnce, inTurns, type SignedEntry, verifyEntry, zipping } from '../signoff/index.ts';
import {
  addingSums,
  documentsFolder,
  entryName,
  refusedName,
  signatureLine,
  signaturesFile,
} from './bundle-files.ts';
import { reportOf } from './content.ts';
import type { AuditFacts, Verdicts } from './facts.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { attachmentFiles } from './reviews.ts';
import { verifyCmd, verifySh } from './scripts.ts';

/** The files of an audit bundle by name, in the order of their names. The same facts give the same bytes. */
export function auditBundle(facts: AuditFacts): Map<string, Buffer> {
  return atOnce(auditing(facts));
}

/** The same, while others get their turn. */
export function auditBundleInTurns(facts: AuditFacts): Promise<Map<string, Buffer>> {
  return inTurns(auditing(facts));
}

function* auditing(facts: AuditFacts): Generator<void, Map<string, Buffer>> {
  const report = reportOf(facts, yield* judging(facts));
  yield;
  const { system, version } = facts.launch;
  const files = new Map<string, Buffer>();
  const add = (name: string, content: string | Buffer) => files.set(name, Buffer.from(content));
  // A git that converts line ends would break every signature.
  add('.gitattributes', '* -text\n');
  add('allowed_signers', facts.allowedSigners);
  add('revoked_keys', facts.revokedKeys);
  add('report.html', renderHtml(`${system} ${version}`, report));
  yield;
  add('report.md', renderMarkdown(report));
  yield;
  add('verify.sh', verifySh);
  add('verify.cmd', verifyCmd);
  const lines = facts.entries.map((entry, index) => {
    const name = entryName(entry, index);
    add(name, entry.bytes);
    add(`${name}.sig`, entry.armoured);
    return signatureLine(name, entry);
  });
  add(signaturesFile, lines.map((line) => `${line}\n`).join(''));
  for (const { entry } of facts.refused) {
    add(refusedName(entry), entry.bytes);
    add(`${refusedName(entry)}.sig`, entry.armoured);
  }
  for (const [digest, bytes] of documentsOf(facts)) add(`${documentsFolder}/${digest}.json`, bytes);
  for (const [name, bytes] of attachmentFiles(facts)) add(name, bytes);
  return yield* addingSums(files);
}

function* judging({ entries, trust }: AuditFacts): Generator<void, Verdicts> {
  const verdicts: Verdicts = new Map();
  for (const entry of entries) {
    yield;
    verdicts.set(entry, verifyEntry(entry, trust));
  }
  return verdicts;
}

/** What the signed digests are digests of, as far as it is here. */
function documentsOf({ entries, documents }: AuditFacts): [string, Buffer][] {
  const digests = new Set(
    entries.flatMap(({ statement }: SignedEntry) => statement.subject.map((one) => one.digest.sha256)),
  );
  return [...digests].flatMap((digest): [string, Buffer][] => {
    const bytes = documents(digest);
    return bytes ? [[digest, bytes]] : [];
  });
}

/**
 * Writes a bundle as a zip where the path ends so, else as a folder. Neither may be there yet.
 * @throws Error with what to do
 */
export function writeBundle(path: string, files: ReadonlyMap<string, Buffer>): void {
  atOnce(writing(path, files));
}

/** The same, while others get their turn. */
export function writeBundleInTurns(path: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  return inTurns(writing(path, files));
}

function* writing(path: string, files: ReadonlyMap<string, Buffer>): Generator<void, void> {
  if (existsSync(path)) throw new Error(`There is a ${path} already. Name one that is not there.`);
  if (path.endsWith('.zip')) {
    writeFileSync(path, yield* zipping(files), { flag: 'wx' });
    return;
  }
  mkdirSync(path);
  for (const [name, bytes] of files) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { mode: name.endsWith('verify.sh') ? 0o755 : 0o644 });
    yield;
  }
}
