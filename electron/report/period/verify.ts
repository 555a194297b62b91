import { digestOf } from '../../signoff/index.ts';
import { sumsFile } from '../bundle-files.ts';
import { checkSums, tellOfScripts } from '../check-files.ts';
import { type BundleFinding, type BundleReport, verifyBundle } from '../verify-bundle.ts';
import { type PeriodIndex, periodIndex } from './json.ts';
import { verifyAllCmd, verifyAllSh } from './scripts.ts';
import { indexFile, launchesFolder } from './write.ts';

/**
 * Verifies an audit bundle of one launch, or of all launches of a period: then the list of all files, each launch by
 * itself, and whether the index says of signed answers what the signatures say.
 * @param now for which keys have expired since
 */
export function verifyAudit(files: ReadonlyMap<string, Buffer>, now: Date): BundleReport {
  return files.has(indexFile) ? verifyPeriod(files, now) : verifyBundle(files, now);
}

function verifyPeriod(files: ReadonlyMap<string, Buffer>, now: Date): BundleReport {
  const findings: BundleFinding[] = [];
  const wrong = (file: string, text: string) => findings.push({ level: 'wrong', file, text });
  checkSums(files, wrong);
  const bundles = bundlesIn(files);
  const reports = new Map([...bundles].map(([folder, bundle]) => [folder, verifyBundle(bundle, now)]));
  for (const [folder, report] of reports) {
    for (const finding of report.findings) findings.push({ ...finding, file: within(folder, finding.file) });
  }
  const index = readIndex(files.get(indexFile) ?? Buffer.of());
  if (!index) wrong(indexFile, 'It is not an index of launches.');
  else for (const problem of indexProblems(index, bundles, reports)) wrong(indexFile, problem);
  tellOfScripts(files, { 'verify.sh': verifyAllSh, 'verify.cmd': verifyAllCmd }, (file, text) =>
    findings.push({ level: 'note', file, text }),
  );
  const ids = new Map(index?.launches.map(({ bundle, id }) => [bundle, id]));
  return {
    ok: findings.every(({ level }) => level !== 'wrong'),
    findings,
    entries: [...reports].flatMap(([folder, { entries }]) =>
      entries.map((entry) => ({ ...entry, file: within(folder, entry.file) })),
    ),
    files: files.size,
    digest: digestOf(files.get(sumsFile) ?? Buffer.of()),
    launches: [...reports].map(([folder, { ok, entries }]) => ({
      ...{ folder, id: ids.get(folder) ?? '', ok, entries: entries.length },
    })),
  };
}

function bundlesIn(files: ReadonlyMap<string, Buffer>): Map<string, Map<string, Buffer>> {
  const bundles = new Map<string, Map<string, Buffer>>();
  for (const [name, bytes] of files) {
    const [top, folder, ...rest] = name.split('/');
    if (top !== launchesFolder || folder === undefined || rest.length === 0) continue;
    const key = `${top}/${folder}`;
    const bundle = bundles.get(key) ?? new Map<string, Buffer>();
    bundles.set(key, bundle.set(rest.join('/'), bytes));
  }
  return bundles;
}

function readIndex(bytes: Buffer): PeriodIndex | null {
  try {
    return periodIndex.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function indexProblems(
  { launches }: PeriodIndex,
  bundles: ReadonlyMap<string, ReadonlyMap<string, Buffer>>,
  reports: ReadonlyMap<string, BundleReport>,
): string[] {
  const known = new Set(launches.map(({ bundle }) => bundle));
  const unlisted = [...bundles.keys()].filter((folder) => !known.has(folder));
  return [
    ...unlisted.map((folder) => `It does not list ${folder}.`),
    ...launches.flatMap(({ bundle, id, digest, answers }) => {
      const report = reports.get(bundle);
      if (!report) return [`It lists ${bundle}, which is not here.`];
      const signed = new Set(
        report.entries.map(({ author, role, answer, claimedAt }) =>
          [author, role, answer, claimedAt].join(' '),
        ),
      );
      const unsigned = answers.filter(
        ({ by, role, answer, claimedAt }) =>
          claimedAt !== null && !signed.has([by, role, answer, claimedAt].join(' ')),
      );
      return [
        ...(report.digest === digest ? [] : [`${bundle} is not the bundle of ${id} that it lists.`]),
        ...unsigned.map(
          ({ by, role, answer, claimedAt }) =>
            `It says that ${by} signed ${answer} as ${role} at ${claimedAt}; ${bundle} has no such signature.`,
        ),
      ];
    }),
  ];
}

/** Two files are named together where a finding is about both. */
function within(folder: string, file: string): string {
  return file
    .split(' and ')
    .map((name) => `${folder}/${name}`)
    .join(' and ');
}
