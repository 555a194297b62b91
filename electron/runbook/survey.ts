import { quote } from '../ssh/index.ts';

/** What stands on one host: which release is served, and how the runs that made the others ended. */
export interface Survey {
  /** Target of the link; empty where there is none. */
  current: string;
  releases: ReleaseRecord[];
  /** Owner of the system's lock in words; empty where it is free. */
  lock: string;
}

export interface ReleaseRecord {
  release: string;
  version: string;
  sha256: string;
  run: string;
  at: string;
  outcome: string;
  /** Its folder is still there. */
  present: boolean;
}

/** One POSIX program that prints what `parseSurvey` reads. Changes nothing. */
export function surveyProgram(link: string, into: string, lockName: string): string {
  return `
printf 'link %s\\n' "$(readlink -- ${quote(link)} 2>/dev/null)"
printf 'lock %s\\n' "$(readlink -- "$HOME/.holdpoint/locks/"${quote(lockName)} 2>/dev/null)"
cd -- ${quote(into)} 2>/dev/null || exit 0
for record in .holdpoint/*.json; do
  [ -f "$record" ] || continue
  name=\${record#.holdpoint/}
  name=\${name%.json}
  if [ -d "./$name" ]; then there=present; else there=gone; fi
  printf 'record %s %s\\n' "$there" "$(tr -d '\\n' <"$record")"
done`;
}

export function parseSurvey(output: string): Survey {
  const survey: Survey = { current: '', releases: [], lock: '' };
  for (const line of output.split('\n')) {
    const space = line.indexOf(' ');
    const [word, rest] = [line.slice(0, space), line.slice(space + 1)];
    if (word === 'link') survey.current = rest;
    if (word === 'lock') survey.lock = rest;
    if (word === 'record') survey.releases.push(...parseRecord(rest));
  }
  return survey;
}

/** A record that a crash or a hand has spoilt is no record: nobody rolls back to it. */
function parseRecord(text: string): ReleaseRecord[] {
  const present = text.startsWith('present ');
  try {
    const record = JSON.parse(text.slice(text.indexOf(' ') + 1)) as Record<string, unknown>;
    const field = (name: string) => (typeof record[name] === 'string' ? (record[name] as string) : '');
    if (field('release') === '' || field('release').includes('/')) return [];
    return [
      {
        release: field('release'),
        version: field('version'),
        sha256: field('sha256'),
        run: field('run'),
        at: field('at'),
        outcome: field('outcome'),
        present,
      },
    ];
  } catch {
    return [];
  }
}

/** The release to go back to: the newest one that every host has and whose run ended well, but none of `not`. */
export function lastGoodRelease(surveys: readonly Survey[], not: readonly string[]): ReleaseRecord | null {
  const [first, ...others] = surveys;
  const candidates = (first?.releases ?? [])
    .filter((record) => isGood(record) && !not.includes(record.release))
    .filter((record) =>
      others.every(({ releases }) => releases.some((other) => isGood(other) && sameRelease(other, record))),
    );
  return candidates.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
}

function isGood({ outcome, present }: ReleaseRecord): boolean {
  return outcome === 'good' && present;
}

function sameRelease(a: ReleaseRecord, b: ReleaseRecord): boolean {
  return a.release === b.release && a.sha256 === b.sha256;
}
