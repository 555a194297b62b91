import {
  Ancestry,
  attachmentsOf,
  chainOf,
  digestOf,
  parseAllowedSigners,
  parseRevokedKeys,
  readEntry,
  type SignedEntry,
  SignoffError,
  type Trust,
  verifyEntry,
} from '../signoff/index.ts';
import {
  attachmentFile,
  documentsFolder,
  entriesFolder,
  signatureLine,
  signaturesFile,
  sumsFile,
} from './bundle-files.ts';
import { checkSums, type Tell, tellOfScripts } from './check-files.ts';
import { verifyCmd, verifySh } from './scripts.ts';

export interface BundleFinding {
  /** `wrong`: the bundle does not verify. `note`: what should be known, and the scripts cannot see. */
  level: 'wrong' | 'note';
  file: string;
  text: string;
}

export interface BundleReport {
  ok: boolean;
  findings: BundleFinding[];
  entries: VerifiedEntry[];
  files: number;
  /** SHA-256 of SHA256SUMS: names the whole bundle. */
  digest: string;
  /** Of the audit of a period, its launches; empty for the bundle of one. */
  launches: VerifiedLaunch[];
}

export interface VerifiedLaunch {
  folder: string;
  id: string;
  ok: boolean;
  entries: number;
}

export interface VerifiedEntry {
  file: string;
  id: string;
  author: string;
  kind: string;
  role: string;
  answer: string;
  claimedAt: string;
  fingerprint: string;
  keyType: string;
  /** Of a security key: whether somebody touched it. Null for other keys. */
  touched: boolean | null;
}

/**
 * Says of a bundle what its scripts say: whether every file is as listed and every signature verifies. Beyond that:
 * whether entries are missing from somebody's chain, whether somebody signed two histories, what the signatures were
 * about, and whether keys have expired since.
 * @param now for which keys have expired since
 */
export function verifyBundle(files: ReadonlyMap<string, Buffer>, now: Date): BundleReport {
  const findings: BundleFinding[] = [];
  const wrong = (file: string, text: string) => findings.push({ level: 'wrong', file, text });
  const note = (file: string, text: string) => findings.push({ level: 'note', file, text });

  checkSums(files, wrong);
  const trust = readTrust(files, wrong, note);
  const entries: SignedEntry[] = [];
  const verified: VerifiedEntry[] = [];
  for (const [file, bytes] of files) {
    if (!file.startsWith(`${entriesFolder}/`) || !file.endsWith('.json')) continue;
    const signature = files.get(`${file}.sig`);
    if (!signature) {
      wrong(file, 'It has no signature beside it.');
      continue;
    }
    try {
      const entry = readEntry(bytes, signature.toString('latin1'));
      const row = trust && verifyOne(file, entry, trust, now, wrong, note);
      if (!row) continue;
      entries.push(entry);
      verified.push(row);
    } catch (error) {
      if (!(error instanceof SignoffError)) throw error;
      wrong(file, error.message);
    }
  }
  checkSignatureLines(files, entries, verified, wrong);
  tellOfChains(entries, verified, note);
  tellOfDocuments(files, entries, verified, note);
  tellOfAttachments(files, entries, verified, wrong, note);
  tellOfScripts(files, { 'verify.sh': verifySh, 'verify.cmd': verifyCmd }, note);
  const sums = files.get(sumsFile);
  return {
    ok: findings.every(({ level }) => level !== 'wrong'),
    findings,
    entries: verified,
    files: files.size,
    digest: sums ? digestOf(sums) : '',
    launches: [],
  };
}

function readTrust(files: ReadonlyMap<string, Buffer>, wrong: Tell, note: Tell): Trust | null {
  const [signers, revoked] = [files.get('allowed_signers'), files.get('revoked_keys')];
  if (!signers) wrong('allowed_signers', 'It is missing, so nobody may have signed.');
  if (!revoked) wrong('revoked_keys', 'It is missing.');
  if (!signers || !revoked) return null;
  const parsed = parseAllowedSigners(signers.toString('utf8'));
  for (const { line, message } of parsed.problems)
    note('allowed_signers', `Line ${line} says nothing: ${message}`);
  try {
    return { signers: parsed.signers, revoked: parseRevokedKeys(revoked) };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    wrong('revoked_keys', error.message);
    return null;
  }
}

function verifyOne(
  file: string,
  entry: SignedEntry,
  trust: Trust,
  now: Date,
  wrong: Tell,
  note: Tell,
): VerifiedEntry | null {
  const verdict = verifyEntry(entry, trust);
  if (!verdict.ok) {
    wrong(file, verdict.message);
    return null;
  }
  const today = verifyEntry(entry, trust, now);
  if (!today.ok)
    note(file, `The key counted at the time that was claimed, and does not today: ${today.message}`);
  const { author, claimedAt, says } = entry.statement.predicate;
  return {
    file,
    id: entry.id,
    author,
    kind: says.kind,
    role: says.kind === 'review' ? '' : says.role,
    answer: says.kind === 'answer' ? says.answer : '',
    claimedAt,
    fingerprint: verdict.fingerprint,
    keyType: verdict.keyType,
    touched: verdict.securityKey?.present ?? null,
  };
}

function checkSignatureLines(
  files: ReadonlyMap<string, Buffer>,
  entries: readonly SignedEntry[],
  verified: readonly VerifiedEntry[],
  wrong: Tell,
): void {
  const lines = files.get(signaturesFile)?.toString('latin1').split('\n').slice(0, -1);
  if (!lines) {
    wrong(signaturesFile, 'It is missing, so the scripts verify no signature.');
    return;
  }
  const left = new Set(lines);
  entries.forEach((entry, index) => {
    const file = verified[index]?.file ?? '';
    if (!left.delete(signatureLine(file, entry)))
      wrong(signaturesFile, `It does not say of ${file} what the entry says.`);
  });
  for (const line of left) {
    const [name = ''] = line.split(' ');
    if (!files.has(name)) wrong(signaturesFile, `It names ${name || 'nothing'}, which is not here.`);
  }
}

function tellOfChains(entries: readonly SignedEntry[], verified: readonly VerifiedEntry[], note: Tell): void {
  const fileOf = new Map(verified.map(({ id, file }) => [id, file]));
  const ids = new Set(fileOf.keys());
  for (const { id, statement } of entries) {
    const { prev, seq, seen } = statement.predicate;
    const file = fileOf.get(id) ?? '';
    if (prev !== '' && !ids.has(prev)) {
      note(file, `It is number ${seq} of ${chainOf(statement.predicate)}; the entry before it is not here.`);
    }
    for (const head of seen.filter((one) => !ids.has(one.id))) {
      note(file, `Its author had entry ${head.seq} of ${chainOf(head)}, which is not here.`);
    }
  }
  for (const { author, device, seq, ids: rivals } of new Ancestry(entries).forks) {
    const names = rivals.map((id) => fileOf.get(id) ?? '').join(' and ');
    note(names, `Two histories: ${author} signed different entries as number ${seq} of ${device}.`);
  }
}

function tellOfDocuments(
  files: ReadonlyMap<string, Buffer>,
  entries: readonly SignedEntry[],
  verified: readonly VerifiedEntry[],
  note: Tell,
): void {
  entries.forEach(({ statement }, index) => {
    for (const { name, digest } of statement.subject) {
      const file = `${documentsFolder}/${digest.sha256}.json`;
      const bytes = files.get(file);
      if (!bytes)
        note(
          verified[index]?.file ?? '',
          `It is about ${name} ${digest.sha256}, which is not in ${documentsFolder}/.`,
        );
      else if (digestOf(bytes) !== digest.sha256)
        note(file, 'Its name is not its SHA-256, so it is not what was signed.');
    }
  });
}

function tellOfAttachments(
  files: ReadonlyMap<string, Buffer>,
  entries: readonly SignedEntry[],
  verified: readonly VerifiedEntry[],
  wrong: Tell,
  note: Tell,
): void {
  entries.forEach((entry, index) => {
    for (const { name, sha256, bytes } of attachmentsOf(entry)) {
      const file = attachmentFile(sha256);
      const found = files.get(file);
      if (!found) note(verified[index]?.file ?? '', `It carries ${name}, which is not here as ${file}.`);
      else if (digestOf(found) !== sha256 || found.length !== bytes)
        wrong(file, `It is not the ${name} that was signed: its SHA-256 or its size is another.`);
    }
  });
}
