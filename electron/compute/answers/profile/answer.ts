/** What is wrong with data, or worth knowing. A problem makes the answer a no; a note does not. */
export interface ProfileFinding {
  code:
    | 'duplicates'
    | 'infinite-values'
    | 'empty-column'
    | 'features-differ'
    | 'calendar-gaps'
    | 'thin-dates'
    | 'weekend-dates'
    | 'closed-dates'
    | 'absent-rows'
    | 'outliers'
    | 'constant-column'
    | 'not-normalised'
    | 'label-known'
    | 'feature-ahead'
    | 'return-timing'
    | 'label-horizon'
    | 'label-at-end';
  level: 'problem' | 'note';
  sentence: string;
}

export interface CalendarProfile {
  /** What days are expected by: `weekdays`, or the name of the exchange whose calendar was given. */
  by: string;
  /** Between two dates of the data: days that no row has. Without a calendar exchange holidays are among them. */
  gaps: { after: string; before: string; weekdays: number }[];
  weekdaysMissing: number;
  weekendDates: string[];
  /** Dates with rows that the calendar has no trading on. */
  closedDates: string[];
  /** Of the rows by date. */
  medianRows: number;
  /** Dates with less than half of that. */
  thinDates: { date: string; rows: number }[];
}

export interface CodeProfile {
  /** Codes that have a row on one of the last five dates. */
  active: number;
  /** Dates between an active code's first and last row, and how many of them have no row of it. */
  activeDates: number;
  absentRows: number;
  /** The codes with most of those. */
  mostAbsent: { code: string; absent: number; dates: number }[];
}

export interface CrossSection {
  /** What the values of one date look like across codes. */
  kind: 'z-score' | 'rank' | 'same-for-all' | 'raw';
  /** Over dates: 95 % have a mean nearer to 0, and the median deviation. */
  meanFromZero: number;
  deviation: number;
  /** The largest magnitude, and how many values have exactly it: many are clipped there. */
  largest: number;
  atLargest: number;
}

export interface ColumnProfile {
  name: string;
  type: 'number' | 'text' | 'date' | 'other';
  missing: number;
  missingShare: number;
  /** In the rows of active codes. */
  missingActiveShare: number;
  /** Codes for which it is never there. */
  codesWithout: number;
  /** Of numbers; null where there are none. */
  numbers: NumberProfile | null;
}

export interface NumberProfile {
  infinite: number;
  min: number;
  max: number;
  mean: number;
  deviation: number;
  quantiles: { p01: number; p25: number; p50: number; p75: number; p99: number };
  /** Farther from the quartiles than eight times their distance. */
  outliers: { count: number; worst: { date: string; code: string; value: number } | null };
  /** Where dates have enough codes to say. */
  crossSection: CrossSection | null;
}

/** The columns against a list of features that a model was trained on. */
export interface FeatureProfile {
  version: string | null;
  /** As the list says it, and as long as it is. */
  declared: number | null;
  listed: number;
  missing: string[];
  /** Columns of numbers that the list has not. */
  unlisted: string[];
  notNumbers: string[];
  twice: string[];
  ok: boolean;
}

/** A column whose name says label or return, held against the returns of the close within each code, of large data within some. */
export interface LabelTiming {
  column: string;
  /** The column of prices. */
  price: string;
  /** What its name says: of the future, of the past, or only that it is a return. */
  claim: 'label' | 'past' | 'return';
  /** In trading dates, as its name says. */
  namedHorizon: number | null;
  /** Which returns it goes with: those after its date, or those up to it; neither below a correlation of a half. */
  follows: 'after' | 'before' | 'neither';
  /** In trading dates: of the return that it is nearest to. */
  horizon: number;
  /** Of the rows that have both: where it is that return, or its logarithm. */
  equalShare: number;
  /** With the nearest return on each side; 0 where too few rows have both. */
  correlation: { after: number; before: number };
  /** Dates among the last ones, as many as it looks ahead, on which it is there. */
  knownAtEnd: number;
}

export interface ProfileAnswer {
  files: { name: string; sha256: string }[];
  rows: number;
  dates: number;
  codes: number;
  from: string;
  to: string;
  keys: { date: string; code: string | null };
  calendar: CalendarProfile;
  activity: CodeProfile;
  duplicates: { keys: number; rows: number; examples: { date: string; code: string; rows: number }[] };
  columns: ColumnProfile[];
  /** Whether quantiles are exact, or approximate because the data is large. */
  quantiles: 'exact' | 'approximate';
  features: FeatureProfile | null;
  /** Empty where there is no close, or no column that names a label or a return. */
  timing: LabelTiming[];
  findings: ProfileFinding[];
  digest: string;
}
