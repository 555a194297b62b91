import type { Answer, Question } from '../../../shared/contract/compute/index.ts';
import type {
  BacktestAnswer,
  ClaimsAnswer,
  CompareAnswer,
  DriftAnswer,
  InferAnswer,
  ProfileAnswer,
  ShadowAnswer,
  SweepAnswer,
} from '../../compute/index.ts';
import { countTrials, type TrialsAtEnd } from '../ledger/count.ts';
import { backtestOutcome, backtestView } from './backtest.ts';
import { claimsOutcome, claimsView } from './claims.ts';
import { compareOutcome, compareView } from './compare.ts';
import { driftOutcome, driftView, profileOutcome, profileView } from './data.ts';
import { inferOutcome, inferView } from './infer.ts';
import { shadowOutcome, shadowView } from './shadow.ts';
import { sweepOutcome, sweepView } from './sweep.ts';

export interface ViewContext {
  /** What the ledger had when the job ended; null where it has nothing to say. */
  trials: TrialsAtEnd | null;
  /** The item of the open checklist that a line stands in. */
  itemAt(line: number): string | null;
}

/** Pure: an answer of compute as the window shows it. */
export function viewOf(kind: Question['kind'], answer: unknown, { trials, itemAt }: ViewContext): Answer {
  switch (kind) {
    case 'profile':
      return profileView(answer as ProfileAnswer);
    case 'drift':
      return driftView(answer as DriftAnswer);
    case 'infer':
      return inferView(answer as InferAnswer);
    case 'backtest': {
      const found = answer as BacktestAnswer;
      return backtestView(found, trials ?? countTrials([found.trial.sharpe], found.trials));
    }
    case 'sweep':
      return sweepView(answer as SweepAnswer);
    case 'claims':
      return claimsView(answer as ClaimsAnswer, itemAt);
    case 'shadow':
      return shadowView(answer as ShadowAnswer);
    case 'compare':
      return compareView(answer as CompareAnswer);
  }
}

/** `Sharpe 0.93, unproven`: what came of a job, for a line of a list. */
export function outcomeOf(view: Answer): string {
  switch (view.kind) {
    case 'profile':
      return profileOutcome(view);
    case 'drift':
      return driftOutcome(view);
    case 'infer':
      return inferOutcome(view);
    case 'backtest':
      return backtestOutcome(view);
    case 'sweep':
      return sweepOutcome(view);
    case 'claims':
      return claimsOutcome(view);
    case 'shadow':
      return shadowOutcome(view);
    case 'compare':
      return compareOutcome(view);
  }
}
