import type { Problem } from '../../shared/contract/common.ts';
import type { Place } from '../pack/index.ts';

/** What stands against a run, collected while its plan is made, so that all of it is told at once. */
export interface Objection {
  blocking: boolean;
  text: string;
  problem?: Problem;
}

export class Objections {
  readonly list: Objection[] = [];

  add(text: string, place?: Place): void {
    const problem = place && { ...place, message: text };
    if (this.list.some((known) => known.text === text && known.problem?.line === problem?.line)) return;
    this.list.push({ blocking: true, text, problem });
  }

  warn(text: string): void {
    this.list.push({ blocking: false, text });
  }

  /** Does the work, or takes its error's sentence as an objection and goes on with `otherwise`. */
  attempt<Result>(otherwise: Result, work: () => Result, place?: Place): Result {
    try {
      return work();
    } catch (error) {
      this.add(error instanceof Error ? error.message : String(error), place);
      return otherwise;
    }
  }
}
