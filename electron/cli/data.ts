import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Compute, findTableFiles, type ProfileAnswer, type ProfileQuestion } from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { table } from './text.ts';

export interface ProfileOptions {
  date?: string;
  code?: string;
  features?: string;
  calendar?: string;
  /** Hours. */
  newerThan?: number;
}

/** How old data is. It changes by itself, and so is no part of what is kept of a profile. */
export interface Freshness {
  lastDate: string;
  /** Whole weekdays since the last date. */
  weekdaysBehind: number;
  newestFile: string;
  /** Since it was written. */
  hours: number;
  /** Null where nothing is asked. */
  fresh: boolean | null;
}

export type ProfileReport = ProfileAnswer & { freshness: Freshness };

/** Profiles data. @throws DataError */
export async function profileOf(
  compute: Compute,
  path: string,
  { date, code, features, calendar, newerThan }: ProfileOptions,
  now = new Date(),
): Promise<ProfileReport> {
  const question: ProfileQuestion = {
    path,
    keys: { date, code },
    features: features ?? null,
    calendar: calendar ?? null,
  };
  const answer = await compute.profile(question);
  const { files } = await findTableFiles(path);
  const written = files
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .reduce((newest, one) => (one.at > newest.at ? one : newest));
  const hours = (now.getTime() - written.at) / 3.6e6;
  return {
    ...answer,
    freshness: {
      lastDate: answer.to,
      weekdaysBehind: weekdaysSince(answer.to, now),
      newestFile: basename(written.file),
      hours: Number(hours.toFixed(2)),
      fresh: newerThan === undefined ? null : hours < newerThan,
    },
  };
}

function weekdaysSince(date: string, now: Date): number {
  let count = 0;
  for (let day = Date.parse(date) + 864e5; day <= now.getTime(); day += 864e5) {
    if (new Date(day).getUTCDay() % 6 !== 0) count += 1;
  }
  return count;
}

const mostColumns = 30;

export function profileText(report: ProfileReport): string {
  const { rows, dates, codes, from, to, files, duplicates, calendar, columns, features, findings } = report;
  const { lastDate, weekdaysBehind, newestFile, hours } = report.freshness;
  const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;
  const figure = (value: number | undefined) =>
    value === undefined ? '' : String(Number(value.toPrecision(4)));
  const most = columns.toSorted((a, b) => b.missingShare - a.missingShare);
  return [
    `${rows} rows, ${dates} dates from ${from} to ${to}, ${codes} codes, ${columns.length} columns in ${files.length} ${files.length === 1 ? 'file' : 'files'}`,
    `${duplicates.keys} keys twice; ${calendar.weekdaysMissing} ${calendar.by === 'weekdays' ? 'weekdays' : 'trading days'} without rows`,
    `last date ${lastDate}, ${weekdaysBehind} weekdays ago; ${newestFile} written ${hours} h ago`,
    ...(features ? [`features: ${features.listed} listed, ${features.missing.length} missing`] : []),
    '',
    table([
      ['column', 'missing', 'active', 'min', 'median', 'max', 'outliers', 'across codes'],
      ...most
        .slice(0, mostColumns)
        .map(({ name, type, missingShare, missingActiveShare, numbers }) => [
          name,
          percent(missingShare),
          percent(missingActiveShare),
          figure(numbers?.min),
          figure(numbers?.quantiles.p50),
          figure(numbers?.max),
          numbers ? String(numbers.outliers.count) : type,
          numbers?.crossSection?.kind ?? '',
        ]),
    ]),
    ...(columns.length > mostColumns
      ? [`and ${columns.length - mostColumns} columns more, with --json`]
      : []),
    '',
    ...(findings.length === 0
      ? ['Nothing is wrong with it.']
      : findings.map((one) => `${one.level}: ${one.sentence}`)),
  ].join('\n');
}

/** A problem, or age where it was asked about, is a no. */
export function profileExit({ findings, freshness }: ProfileReport): ExitCode {
  const isBad = findings.some(({ level }) => level === 'problem') || freshness.fresh === false;
  return isBad ? exitCodes.no : exitCodes.asked;
}
