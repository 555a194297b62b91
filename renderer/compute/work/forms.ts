import type { ComputeFile, JobKind, Question } from '../../../shared/contract/compute/index.ts';

type Role = ComputeFile['role'];

interface Common {
  /** Its key in the question. */
  name: string;
  label: string;
  hint?: string;
  /** Asked only where the field of this name says something. */
  needs?: string;
}

/** What a dialog asks for to make a question. */
export type Field = Common &
  /** `empty`: what is there is offered, and none of it is taken unasked. */
  (
    | { kind: 'file'; roles: readonly Role[]; optional?: boolean; empty?: boolean; place?: number }
    /** A column that says what came after each date, of the file that another field names. */
    | { kind: 'label'; of: string }
    | { kind: 'number'; otherwise: number }
    | { kind: 'text'; placeholder?: string }
    | { kind: 'provider' }
    | { kind: 'choice'; options: readonly { value: string; label: string; about?: string }[] }
  );

interface Form {
  title: string;
  about: string;
  start: string;
  fields: readonly Field[];
}

const yesNo = (yes: string, no: string) => [
  { value: '', label: no },
  { value: 'yes', label: yes },
];
const panel: Field = { kind: 'file', name: 'panel', label: 'Panel of prices and scores', roles: ['panel'] };
const config = (name: string, label: string, place = 0): Field => ({
  kind: 'file',
  name,
  label,
  roles: ['backtest-config', 'apex-config'],
  place,
});
const dates = (otherwise: number): Field => ({
  kind: 'number',
  name: 'dates',
  label: 'Dates, the last ones of the data',
  otherwise,
});

export const forms: Record<JobKind, Form> = {
  claims: {
    title: 'Check the claims',
    about: 'Every number of the open checklist, beside what these data give.',
    start: 'Check them',
    fields: [
      { kind: 'file', name: 'returns', label: 'Returns, a date and a return a row', roles: ['returns'] },
      {
        kind: 'file',
        name: 'predictions',
        label: 'Predictions and what came, if any',
        roles: ['predictions'],
        optional: true,
      },
    ],
  },
  profile: {
    title: 'Profile a file',
    about: 'Rows, dates, gaps, duplicates, and every column: what is missing and how it is spread.',
    start: 'Profile it',
    fields: [
      { kind: 'file', name: 'data', label: 'File, folder or pattern', roles: ['table', 'panel', 'returns'] },
      {
        kind: 'file',
        name: 'features',
        label: 'Declared features, if any',
        roles: ['feature-list'],
        optional: true,
      },
    ],
  },
  drift: {
    title: 'Find drift',
    about: 'Whether features are spread as they were: files, folders or patterns, Parquet or CSV.',
    start: 'Compare them',
    fields: [
      { kind: 'file', name: 'reference', label: 'Reference', roles: ['table', 'panel'] },
      { kind: 'file', name: 'current', label: 'Current', roles: ['table', 'panel'], place: 1 },
    ],
  },
  infer: {
    title: 'Run a model',
    about: 'Scores the last dates of the data on the provider asked for, or says why it cannot.',
    start: 'Run it',
    fields: [
      { kind: 'file', name: 'model', label: 'Model (ONNX)', roles: ['model'] },
      { kind: 'file', name: 'data', label: 'Features', roles: ['table', 'panel'] },
      { kind: 'provider', name: 'provider', label: 'Provider' },
      dates(5),
      {
        kind: 'file',
        name: 'features',
        label: 'Feature list, if any',
        hint: 'Empty: as the model names them, or else every column of the data.',
        roles: ['feature-list'],
        optional: true,
        empty: true,
      },
      {
        kind: 'label',
        name: 'label',
        label: 'Label column, if any',
        hint: 'What followed each date; above 0 is a hit. For P@K by day and reliability.',
        of: 'data',
      },
      { kind: 'file', name: 'golden', label: 'Golden sample, if any', roles: ['golden'], optional: true },
      { kind: 'choice', name: 'bench', label: 'Latency', options: yesNo('Measure it', 'Leave it') },
    ],
  },
  shadow: {
    title: 'Run two models side by side',
    about: 'The challenger beside the champion over the same data: how differently they rank.',
    start: 'Run both',
    fields: [
      { kind: 'file', name: 'champion', label: 'Champion', roles: ['model'] },
      { kind: 'file', name: 'challenger', label: 'Challenger', roles: ['model'], place: 1 },
      { kind: 'file', name: 'data', label: 'Features', roles: ['table', 'panel'] },
      dates(20),
      { kind: 'number', name: 'top', label: 'Names that count as the top', otherwise: 20 },
    ],
  },
  backtest: {
    title: 'Run a backtest',
    about: 'Each run counts as a try over this panel, whatever comes of it.',
    start: 'Run it',
    fields: [
      panel,
      config('config', 'Configuration'),
      {
        kind: 'choice',
        name: 'compat',
        label: 'Engine',
        options: [
          { value: '', label: 'Holdpoint' },
          { value: 'apex', label: 'APEX, as it is', about: 'its defects included, and named' },
        ],
      },
      {
        kind: 'choice',
        name: 'probes',
        label: 'Leakage probes',
        options: yesNo('Run them', 'Leave them'),
      },
    ],
  },
  compare: {
    title: 'Compare two configurations',
    about: 'Over the same panel, with the difference tested rather than looked at.',
    start: 'Compare them',
    fields: [panel, config('first', 'First'), config('second', 'Second', 1)],
  },
  sweep: {
    title: 'Sweep a grid',
    about: 'Every point counts as a try over this panel. It goes on from what was computed before.',
    start: 'Sweep it',
    fields: [
      panel,
      config('config', 'Configuration'),
      { kind: 'file', name: 'grid', label: 'Grid', roles: ['grid'] },
      {
        kind: 'text',
        name: 'slurm',
        label: 'Host with Slurm, from ~/.ssh/config',
        hint: 'Empty: the cores of this machine. On a cluster, cancelling ends the jobs; closing Holdpoint leaves them running.',
      },
      {
        ...{ kind: 'text', name: 'partition', label: 'Partition', needs: 'slurm' },
        placeholder: 'the default of the cluster',
      },
      {
        ...{ kind: 'text', name: 'account', label: 'Account', needs: 'slurm' },
        placeholder: 'your default account there',
      },
      {
        ...{
          kind: 'text',
          name: 'time',
          label: 'Time limit of a task, in minutes or as h:mm:ss',
          needs: 'slurm',
        },
        placeholder: 'the default of the partition',
      },
    ],
  },
};

export type Draft = Record<string, string>;

/** What a form says: what is known, and for the rest the files of the pack that have the role. */
export function draftOf(kind: JobKind, files: readonly ComputeFile[], known: Draft = {}): Draft {
  const draft: Draft = {};
  for (const field of forms[kind].fields) {
    draft[field.name] = known[field.name] ?? initialOf(field, files, draft);
  }
  return draft;
}

/** `before`: what the fields above it say. */
function initialOf(field: Field, files: readonly ComputeFile[], before: Draft): string {
  if (field.kind === 'number') return String(field.otherwise);
  if (field.kind === 'provider') return 'cpu';
  if (field.kind === 'label') return labelsOf(before[field.of], files)[0] ?? '';
  if (field.kind !== 'file' || field.empty) return '';
  const offered = offeredFor(field, files);
  return (offered[field.place ?? 0] ?? offered[0])?.path ?? '';
}

/** What a form asks for beside what it says so far. */
export function fieldsOf(kind: JobKind, draft: Draft): readonly Field[] {
  return forms[kind].fields.filter(({ needs }) => needs === undefined || draft[needs]?.trim());
}

/** The files of the list that a field may take, of its first role before the others. */
export function offeredFor(
  { roles }: Extract<Field, { kind: 'file' }>,
  files: readonly ComputeFile[],
): ComputeFile[] {
  return roles.flatMap((role) => files.filter((file) => file.role === role));
}

/** Columns that by their names are labels, of a file of the list. */
export function labelsOf(path: string | undefined, files: readonly ComputeFile[]): string[] {
  return files.find((file) => file.path === path)?.labels ?? [];
}

/** Why this cannot be asked yet, in a sentence; null where it can. */
export function lackOf(kind: JobKind, draft: Draft): string | null {
  for (const field of forms[kind].fields) {
    const value = draft[field.name]?.trim() ?? '';
    if (field.kind === 'file' && !field.optional && value === '')
      return `Name a file under “${field.label}”.`;
    if (field.kind === 'number' && !/^[1-9]\d*$/.test(value)) {
      return `“${field.label}” takes a whole number from 1, not “${value}”.`;
    }
  }
  return null;
}

/** The question of a draft that lacks nothing. */
export function questionOf(kind: JobKind, draft: Draft): Question {
  const asked = fieldsOf(kind, draft);
  const values = forms[kind].fields.map((field) => [
    field.name,
    answered(field, asked.includes(field) ? (draft[field.name]?.trim() ?? '') : ''),
  ]);
  return { kind, ...Object.fromEntries(values) } as Question;
}

function answered(field: Field, value: string): string | number | boolean | null {
  if (field.kind === 'number') return Number(value);
  if (field.name === 'bench' || field.name === 'probes') return value === 'yes';
  return value === '' ? null : value;
}
