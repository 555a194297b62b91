import { type BundleReport, verifyAudit } from '../report/index.ts';
import { readBundleFiles, SignoffError } from '../signoff/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { table } from './text.ts';

/** Reads and verifies a bundle. @throws InputError when it cannot be read as one */
export function verifyFile(path: string, now: Date): BundleReport {
  try {
    return verifyAudit(readBundleFiles(path), now);
  } catch (error) {
    if (error instanceof SignoffError) throw new InputError(error.message);
    throw error;
  }
}

/** The stable shape of `verify --json`. */
export function verifyReport({ ok, digest, files, launches, entries, findings }: BundleReport) {
  return { ok, digest, files, launches, entries, findings };
}

export function verifyText(
  path: string,
  { ok, digest, files, launches, entries, findings }: BundleReport,
): string {
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  return [
    ok ? `${path} verifies.` : `${path} does NOT verify: ${wrong} ${wrong === 1 ? 'finding' : 'findings'}.`,
    ...(findings.length > 0
      ? [table(findings.map(({ level, file, text }) => [`  ${level}`, file, text]))]
      : []),
    '',
    ...(launches.length > 0
      ? [
          table(
            launches.map(({ folder, id, ok: verifies, entries: signed }) => [
              `  ${id || folder}`,
              verifies ? 'verifies' : 'does NOT verify',
              `${signed} signed entries`,
              folder,
            ]),
          ),
          '',
        ]
      : []),
    ...(entries.length > 0
      ? [
          table(
            entries.map(({ author, kind, role, answer, claimedAt, keyType, fingerprint, touched }) => [
              `  ${author}`,
              [kind, role, answer].filter(Boolean).join(' '),
              claimedAt,
              `${keyType} ${fingerprint}${touched === null ? '' : touched ? ', touched' : ', not touched'}`,
            ]),
          ),
          '',
        ]
      : []),
    `${files} files, ${entries.length} signed entries. SHA-256 of SHA256SUMS: ${digest || 'there is none'}`,
  ].join('\n');
}

/** A bundle that does not verify is a no. */
export function verifyExit({ ok }: BundleReport): ExitCode {
  return ok ? exitCodes.asked : exitCodes.no;
}
