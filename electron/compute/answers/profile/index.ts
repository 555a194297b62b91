import { mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assertCovers, DataError, readCalendar } from '../../data/index.ts';
import type { Work } from '../../jobs.ts';
import { findTableFiles, type Keys, openDuck, openTable, readingFailed } from '../../tables/index.ts';
import { digestOf } from '../written.ts';
import type { ProfileAnswer } from './answer.ts';
import { profileColumns, quantileKind } from './columns.ts';
import { compareFeatures, readFeatureList } from './features.ts';
import { findingsOf } from './findings.ts';
import { profileRows } from './rows.ts';
import { profileTiming } from './timing.ts';
import { timingFindings } from './timing-findings.ts';

export interface ProfileQuestion {
  /** A file, a folder, or a pattern. */
  path: string;
  keys: Keys;
  /** A list of the features that should be there. */
  features: string | null;
  /** Trading days of the exchange, in a file. */
  calendar?: string | null;
}

/** Everything about data that shows without knowing what it is for. @throws DataError */
export async function answerProfile(
  { path, keys, features, calendar: calendarFile }: ProfileQuestion,
  { scratch, cores, digests, progress }: Work,
): Promise<ProfileAnswer> {
  const list = features === null ? null : await readFeatureList(features);
  const calendar = calendarFile ? await readCalendar(calendarFile) : null;
  const files = await findTableFiles(path);
  const duck = await openDuck(mkdtempSync(join(scratch, 'profile-')), cores);
  try {
    const table = await openTable(duck, files, keys, (share) => progress('opening', share * 0.2));
    progress('dates and codes', 0.2);
    const rows = await profileRows(duck, path, calendar);
    if (calendar && calendarFile) assertCovers(calendar, [rows.from, rows.to], calendarFile);
    const timing = await profileTiming(table, rows.rows, (share) =>
      progress('timing of labels', 0.25 + share * 0.05),
    );
    const columns = await profileColumns(table, rows.rows, (name, share) =>
      progress(`columns from ${name}`, 0.3 + share * 0.7),
    );
    const profile = {
      files: files.files.map((file, i) => ({ name: basename(file), sha256: digests[i] as string })),
      ...rows,
      keys: table.keys,
      columns,
      quantiles: quantileKind(rows.rows),
      features: list && compareFeatures(list, table.columns),
      timing,
    } satisfies Omit<ProfileAnswer, 'findings' | 'digest'>;
    return {
      ...profile,
      findings: [...findingsOf(profile), ...timingFindings(timing, list?.names ?? [])],
      digest: digestOf('profile', digests, { keys }),
    };
  } catch (error) {
    throw error instanceof DataError ? error : readingFailed(files.files, error);
  } finally {
    duck.close();
  }
}

/** The files that the answer depends on: the data, and the list. */
export async function profileInputs({ path, keys, features, calendar }: ProfileQuestion) {
  const { files } = await findTableFiles(path);
  return {
    files: [...files, ...(features === null ? [] : [features]), ...(calendar ? [calendar] : [])],
    settings: { keys, given: [features, calendar].map(Boolean), names: files.map((file) => basename(file)) },
  };
}
