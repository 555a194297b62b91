import type { ColumnProfile, FeatureProfile, ProfileAnswer, ProfileFinding } from './answer.ts';

const mostNamed = 5;
/** Longer gaps than this many weekdays are no holidays of an exchange, the longest of which are a week. */
const longestHoliday = 5;

/** Pure: what of a profile is a problem, and what is worth a note, in sentences. */
export function findingsOf(profile: Omit<ProfileAnswer, 'findings' | 'digest'>): ProfileFinding[] {
  const { duplicates, calendar, activity, columns, features } = profile;
  const found: ProfileFinding[] = [];
  const say = (code: ProfileFinding['code'], level: ProfileFinding['level'], sentence: string) =>
    found.push({ code, level, sentence });
  if (features && !features.ok) say('features-differ', 'problem', featureSentence(features));
  const [first] = duplicates.examples;
  if (first) {
    const key = [first.date, first.code].filter((part) => part !== '').join(' ');
    say(
      'duplicates',
      'problem',
      `${counted(duplicates.keys, 'key')} there more than once: ${key} is in ${first.rows} rows. Keep one row of each.`,
    );
  }
  const infinite = columns.filter(({ numbers }) => (numbers?.infinite ?? 0) > 0);
  if (infinite.length > 0) {
    say('infinite-values', 'problem', `Infinite values are in ${listed(infinite)}. Leave such cells empty.`);
  }
  const empty = columns.filter(({ missingShare }) => missingShare === 1);
  if (empty.length > 0) {
    say(
      'empty-column',
      'problem',
      `Nothing is in ${listed(empty)}. Fill or remove ${empty.length > 1 ? 'them' : 'it'}.`,
    );
  }
  const longest = calendar.gaps.reduce((most, gap) => (gap.weekdays > most.weekdays ? gap : most), {
    after: '',
    before: '',
    weekdays: 0,
  });
  if (calendar.by !== 'weekdays' && calendar.weekdaysMissing > 0) {
    say(
      'calendar-gaps',
      'problem',
      `${counted(calendar.weekdaysMissing, 'trading day')} without rows, by the calendar: ${longest.weekdays} between ${longest.after} and ${longest.before}. Fetch them.`,
    );
  } else if (longest.weekdays > longestHoliday) {
    say(
      'calendar-gaps',
      'note',
      `${longest.weekdays} weekdays between ${longest.after} and ${longest.before} have no rows, more than holidays explain.`,
    );
  }
  const [thin] = calendar.thinDates;
  if (thin) {
    say(
      'thin-dates',
      'note',
      `${counted(calendar.thinDates.length, 'date')} with less than half of the usual ${calendar.medianRows} rows: ${thin.date} has ${thin.rows}.`,
    );
  }
  const [closed] = calendar.closedDates;
  if (closed) {
    say(
      'closed-dates',
      'problem',
      `${counted(calendar.closedDates.length, 'date')} with rows on days without trading, by the calendar: ${closed} is the first. Take them out, or correct the calendar.`,
    );
  }
  const [weekend] = calendar.weekendDates;
  if (weekend && calendar.by === 'weekdays' && calendar.weekendDates.length < 0.1 * profile.dates) {
    say(
      'weekend-dates',
      'note',
      `${counted(calendar.weekendDates.length, 'date')} on a weekend: ${weekend} is the first.`,
    );
  }
  const [absent] = activity.mostAbsent;
  if (absent) {
    say(
      'absent-rows',
      'note',
      `Active codes lack ${activity.absentRows} of ${activity.activeDates} rows between their first and last; ${absent.code} lacks ${absent.absent}.`,
    );
  }
  found.push(...columnNotes(columns));
  return found;
}

function columnNotes(columns: readonly ColumnProfile[]): ProfileFinding[] {
  const notes: ProfileFinding[] = [];
  const note = (code: ProfileFinding['code'], sentence: string) =>
    notes.push({ code, level: 'note', sentence });
  const out = columns.filter(({ numbers }) => (numbers?.outliers.count ?? 0) > 0);
  const worst = out.toSorted((a, b) => outliersOf(b) - outliersOf(a))[0];
  const example = worst?.numbers?.outliers.worst;
  if (worst && example) {
    note(
      'outliers',
      `${counted(out.length, 'column')} with values far from all others: ${worst.name} has ${outliersOf(worst)}, such as ${example.value} on ${example.date}${example.code === '' ? '' : ` for ${example.code}`}.`,
    );
  }
  const constant = columns.filter(({ numbers }) => numbers && numbers.min === numbers.max);
  if (constant.length > 0) note('constant-column', `One value is everywhere in ${listed(constant)}.`);
  const normalised = columns.filter(({ numbers }) => numbers?.crossSection?.kind === 'z-score');
  const raw = columns.filter(({ numbers }) => numbers?.crossSection?.kind === 'raw');
  if (normalised.length > raw.length && raw.length > 0) {
    note(
      'not-normalised',
      `${normalised.length} columns are z-scores across codes on each date, and not ${listed(raw)}.`,
    );
  }
  return notes;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const outliersOf = ({ numbers }: ColumnProfile) => numbers?.outliers.count ?? 0;

function featureSentence({
  version,
  declared,
  listed: count,
  missing,
  notNumbers,
  twice,
}: FeatureProfile): string {
  const parts = [
    ...(declared !== null && declared !== count ? [`says ${declared} and names ${count}`] : []),
    ...(twice.length > 0 ? [`names ${names(twice)} twice`] : []),
    ...(missing.length > 0 ? [`has ${names(missing)}, which the data has not`] : []),
    ...(notNumbers.length > 0 ? [`has ${names(notNumbers)}, which holds no numbers`] : []),
  ];
  return `The list of features${version === null ? '' : ` ${version}`} ${parts.join('; it ')}. Correct the one that is wrong.`;
}

const listed = (columns: readonly ColumnProfile[]) => names(columns.map(({ name }) => name));

function names(list: readonly string[]): string {
  const more = list.length - mostNamed;
  return `${list.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
