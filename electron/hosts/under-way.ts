import { counted } from '../../shared/units.ts';

/** What goes on without a window. `job` is one of compute that keeps nothing of what it has done; sweeps do. */
export type UnderWay = 'run' | 'job' | 'sweep' | 'cluster-sweep';

const names: Record<UnderWay, string> = {
  run: 'run',
  job: 'job',
  sweep: 'sweep',
  'cluster-sweep': 'sweep',
};

const fates: Record<UnderWay, string> = {
  run: 'Steps that have started go on at their hosts, and the next start finds the run again.',
  job: 'A job that is cut off has no answer: start it again.',
  sweep: 'A sweep that is cut off keeps its points: started again, it goes on where it was.',
  'cluster-sweep': 'Jobs on a cluster go on there, and the same sweep started again goes on with them.',
};

export interface UnderWayWords {
  /** `A run goes on` */
  goesOn: string;
  /** `A run is under way.` */
  now: string;
  /** `A run was under way.` */
  before: string;
  it: 'it' | 'them';
  /** What becomes of it where Holdpoint ends first. */
  fate: string;
}

/** At least one is under way. */
export function tellUnderWay(all: readonly UnderWay[]): UnderWayWords {
  const kinds = Map.groupBy(all, (one) => names[one]);
  const words = [...kinds].map(([name, { length }]) => (length === 1 ? `a ${name}` : counted(length, name)));
  const last = words.pop() ?? '';
  const listed = words.length > 0 ? `${words.join(', ')} and ${last}` : last;
  const subject = listed.charAt(0).toUpperCase() + listed.slice(1);
  const isOne = all.length === 1;
  return {
    goesOn: `${subject} ${isOne ? 'goes' : 'go'} on`,
    now: `${subject} ${isOne ? 'is' : 'are'} under way.`,
    before: `${subject} ${isOne ? 'was' : 'were'} under way.`,
    it: isOne ? 'it' : 'them',
    fate: [...new Set(all)].map((one) => fates[one]).join(' '),
  };
}
