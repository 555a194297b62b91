import { randomBytes } from 'node:crypto';
import { digestOf } from '../answers/written.ts';
import { type ClusterPlace, type Job, jobs } from '../jobs.ts';
import type { SweepExecutor } from '../sweep/index.ts';
import { codeVersion } from './code-version.ts';
import { sentError } from './errors.ts';
import { digestInputs } from './inputs.ts';
import type { AskMessage, ComputePort } from './protocol.ts';
import { answersIn } from './store.ts';

export interface ComputeFolders {
  /** Kept from one start to the next: the answers. */
  folder: string;
  /** Removed by whoever started this process when it has ended. */
  scratch: string;
  /** How many of the machine's cores a job may take. */
  cores: number;
}

/** The share of a job that reading its inputs for their digests takes, for the estimate. */
const digestShare = 0.1;
/** Progress is for people: more often than this nobody sees it. */
const progressEveryMs = 50;

/** How points are computed on a cluster. */
export type OnCluster = (place: ClusterPlace, needs: ClusterNeeds) => SweepExecutor;

export interface ClusterNeeds {
  scratch: string;
  /** Ends the jobs there. */
  stop: AbortSignal;
  say(line: string): void;
}

/** Answers what comes over the port, from the store where it has been answered before. */
export function serveCompute(
  port: ComputePort,
  { folder, scratch, cores }: ComputeFolders,
  onCluster: OnCluster,
): void {
  const store = answersIn(folder);
  let stopping = new AbortController();
  port.onMessage((message) => {
    if (message.kind === 'stop') return stopping.abort();
    stopping = new AbortController();
    void answer(message, stopping.signal);
  });

  async function answer({ job: name, question, fresh }: AskMessage, stop: AbortSignal): Promise<void> {
    try {
      const job = jobs[name] as Job<unknown, unknown>;
      const progress = sparingly((phase, share) => port.post({ kind: 'progress', phase, share }));
      progress('reading the inputs', 0);
      const { files, settings } = await job.inputs(question);
      const inputs = await digestInputs(files, (share) =>
        progress('reading the inputs', share * digestShare),
      );
      const digest = digestOf(name, [codeVersion(), ...inputs.digests], settings);
      const stored = fresh || !job.keeps(question) ? null : store.get(digest);
      if (stored) {
        port.post({ kind: 'answer', answer: stored.answer, stored: stored.at, key: digest });
        return;
      }
      const answer = await job.run(question, {
        scratch,
        cores,
        digests: inputs.digests,
        progress: (phase, share) => progress(phase, digestShare + share * (1 - digestShare)),
        partial: (answer) => port.post({ kind: 'partial', answer }),
        cluster: (place, say) => onCluster(place, { scratch, stop, say }),
      });
      // What may not be given again lies under a name of its own, for whoever asked.
      const again = job.keeps(question) && (await inputs.unchanged());
      const key = again ? digest : randomBytes(32).toString('hex');
      store.put(key, { answer, at: new Date().toISOString() });
      port.post({ kind: 'answer', answer, stored: null, key });
    } catch (error) {
      port.post({ kind: 'failure', error: sentError(error) });
    }
  }
}

function sparingly(post: (phase: string, share: number) => void): (phase: string, share: number) => void {
  let last = { phase: '', at: 0 };
  return (phase, share) => {
    const now = performance.now();
    if (phase === last.phase && now - last.at < progressEveryMs) return;
    last = { phase, at: now };
    post(phase, share);
  };
}
