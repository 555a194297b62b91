import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { Question } from '../../shared/contract/compute/index.ts';
import type { JobName } from '../compute/index.ts';

/** What `ComputeProcess` is asked for a question of the window. */
export type Asking = [JobName, unknown];

/** Codes that a model is given at once, unless its author fixed the number. */
const batch = 512;
const top = 35;
const bins = 10;

export interface AskingContext {
  /** The checklist that claims are read from. */
  document: string | null;
  /** Where points of sweeps are kept. */
  sweeps: string;
}

/** Pure: a question of the window, with whole paths, as a job. @throws Error where nothing here can answer it */
export function askingOf(question: Question, { document, sweeps }: AskingContext): Asking {
  switch (question.kind) {
    case 'profile':
      return ['profile', { path: question.data, keys: {}, features: question.features }];
    case 'drift':
      return ['drift', { reference: question.reference, current: question.current, bins }];
    case 'infer': {
      const { kind, ...asked } = question;
      return [kind, { ...asked, keys: {}, lookback: null, batch, score: null, top }];
    }
    case 'backtest': {
      const { panel, config, compat, probes } = question;
      return [
        'backtest',
        { panel, config, compat, probes: probes ? { truncated: null, training: null } : null },
      ];
    }
    case 'sweep': {
      const { kind: _kind, ...asked } = question;
      return ['sweep', { ...asked, folder: sweeps }];
    }
    case 'claims':
      if (document === null)
        throw new Error('Claims are those of a checklist, and no launch pack is open. Open one first.');
      return ['claims', { document, returns: question.returns, predictions: question.predictions }];
    case 'shadow': {
      const { champion, challenger, data, dates, top: first } = question;
      const rest = { keys: {}, provider: 'cpu', features: null, lookback: null, batch, score: null };
      return ['shadow', { champion, challenger, data, dates, top: first, ...rest }];
    }
    case 'compare':
      return ['compare', { panel: question.panel, configs: [question.first, question.second] }];
  }
}

/** `Backtest of panel.csv by backtest.yaml`. */
export function titleOf(question: Question): string {
  const name = (path: string) => basename(path);
  switch (question.kind) {
    case 'profile':
      return `Profile of ${name(question.data)}`;
    case 'drift':
      return `Drift from ${name(question.reference)} to ${name(question.current)}`;
    case 'infer':
      return `${question.bench ? 'Benchmark' : 'Scores'} of ${name(question.model)} on ${name(question.data)}`;
    case 'shadow':
      return `${name(question.challenger)} beside ${name(question.champion)}`;
    case 'backtest':
      return `Backtest of ${name(question.panel)} by ${name(question.config)}${question.compat ? ` as ${question.compat} runs it` : ''}`;
    case 'compare':
      return `${name(question.first)} against ${name(question.second)} on ${name(question.panel)}`;
    case 'sweep':
      return `Sweep of ${name(question.panel)} over ${name(question.grid)}${question.slurm === null ? '' : ` on ${question.slurm}`}`;
    case 'claims':
      return `Claims beside ${name(question.returns)}`;
  }
}

const ofPaths = new Set([
  ...['data', 'features', 'reference', 'current', 'model', 'golden', 'champion', 'challenger'],
  ...['panel', 'config', 'first', 'second', 'grid', 'returns', 'predictions'],
]);

/** Pure: the same question with other paths. */
export function mapPaths(question: Question, map: (path: string) => string): Question {
  return Object.fromEntries(
    Object.entries(question).map(([key, value]) => [
      key,
      ofPaths.has(key) && typeof value === 'string' ? map(value) : value,
    ]),
  ) as Question;
}

export function pathsOf(question: Question): string[] {
  const paths: string[] = [];
  mapPaths(question, (path) => {
    paths.push(path);
    return path;
  });
  return paths;
}

/** Whole, from the folder of the pack that is open. @throws Error where none is */
export function wholePath(path: string, folder: string | null): string {
  if (isAbsolute(path)) return path;
  if (folder === null)
    throw new Error(`${path} is a path inside a launch pack, and none is open. Give a whole path.`);
  return join(folder, path);
}

/** From the folder of the pack where it is in there, with the same separator everywhere. */
export function shownPath(path: string, folder: string | null): string {
  if (folder === null) return path;
  const inside = relative(folder, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
}
