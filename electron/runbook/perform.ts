import type { CellState, HostLink } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import type { Job, JobEnd, JobLink, Jobs } from '../ssh/index.ts';
import type { DetailedPlan, DetailedStep } from './detailed-plan.ts';
import { stepKind } from './kinds/index.ts';
import type { Abilities, Script } from './kinds/kind.ts';
import type { LogFile } from './log.ts';
import { createRedactor, redactText } from './redact.ts';
import { reveal } from './text.ts';

/** How one cell ended. */
export interface CellEnd {
  state: Extract<CellState, 'done' | 'failed' | 'timed-out' | 'lost' | 'unknown'>;
  exitCode: number | null;
  outcome: string;
  executions: number | null;
}

export interface Performance {
  plan: DetailedPlan;
  step: DetailedStep;
  /** Empty for the console itself. */
  host: string;
  job: string;
  log: LogFile;
  secrets: ReadonlyMap<string, string>;
  /** When an earlier process may have sent the job; undefined where this one sends it first. */
  firstSentAt?: Date;
  /** Stops watching. What runs on the host goes on. */
  signal: AbortSignal;
  onGrowth(): void;
  onLink(link: Omit<HostLink, 'since'>): void;
}

export interface Performers {
  /** Jobs of a host, or of this machine under the empty name. */
  jobsOf(host: string): Jobs;
  abilities: Abilities;
}

/** Carries out one step on one host. Called again with the same job after a crash, it takes up what is there. */
export function perform(performance: Performance, performers: Performers): Promise<CellEnd> {
  const { step, host } = performance;
  const script = step.compiled[host];
  return script ? performScript(script, performance, performers) : performAct(performance, performers);
}

async function performScript(
  script: Script,
  performance: Performance,
  { jobsOf }: Performers,
): Promise<CellEnd> {
  const { step, host, job: id, log, secrets, firstSentAt, signal, onGrowth, onLink } = performance;
  const job: Job = {
    id,
    host: host || 'laptop',
    script: script.text,
    shell: script.shell,
    env: Object.fromEntries(Object.entries(script.env).map(([name, text]) => [name, reveal(text, secrets)])),
    timeoutMs: step.timeoutMs,
  };
  const redactor = createRedactor(secrets.values());
  let wasConnected = false;
  const followLink = (link: JobLink) => {
    if (link.state === 'lost') log.note(`link to ${job.host} lost · the step goes on there · ${link.why}`);
    else if (wasConnected) log.note(`attached to ${job.host} again · nothing was started twice`);
    wasConnected ||= link.state === 'connected';
    onLink(linkFor(job.host, link));
    onGrowth();
  };
  try {
    const end = await jobsOf(host).run(
      job,
      {
        offset: () => log.offset() + redactor.heldBytes(),
        write(chunk) {
          log.write(redactor.push(chunk));
          onGrowth();
        },
      },
      { signal, firstSentAt, onLink: followLink },
    );
    log.write(redactor.end());
    return endOf(end, step.timeoutMs, log.lastLine());
  } catch (error) {
    if (signal.aborted) throw error;
    const outcome = redactText(sentenceOf(error), secrets.values());
    log.note(outcome);
    // Once the host was reached the script may have begun, and only the host knows.
    return { state: wasConnected ? 'unknown' : 'failed', exitCode: null, outcome, executions: null };
  }
}

function endOf(end: JobEnd, timeoutMs: number, lastLine: string): CellEnd {
  if (end.kind !== 'exited') {
    const executions = end.kind === 'lost' ? end.executions : null;
    return { state: end.kind, exitCode: null, outcome: end.why, executions };
  }
  const { code, timedOut, executions } = end;
  if (timedOut) {
    return {
      state: 'timed-out',
      exitCode: code,
      outcome: `ended by the host after ${formatDuration(timeoutMs)}`,
      executions,
    };
  }
  // What a script said last is mostly what it came to.
  if (code === 0) return { state: 'done', exitCode: 0, outcome: lastLine || 'exit 0', executions };
  const outcome = lastLine ? `exit ${code}: ${lastLine}` : `exit ${code}`;
  return { state: 'failed', exitCode: code, outcome, executions };
}

async function performAct(performance: Performance, { abilities }: Performers): Promise<CellEnd> {
  const { plan, step, host, log, secrets, signal, onGrowth } = performance;
  const kind = stepKind(step.kind);
  const context = plan.contexts[host];
  if (kind.style !== 'act' || !context)
    throw new Error(`Step ${step.id} cannot be carried out on "${host}".`);
  const clean = (text: string) => redactText(text, secrets.values());
  const timeout = AbortSignal.timeout(step.timeoutMs);
  try {
    const acted = await Promise.race([
      kind.act(step.spec, {
        ...context,
        abilities,
        template: () => '',
        log(line) {
          log.write(Buffer.from(`${clean(line)}\n`));
          onGrowth();
        },
      }),
      rejectWhenAborted(signal),
      rejectWhenAborted(timeout),
    ]);
    return {
      state: acted.ok ? 'done' : 'failed',
      exitCode: null,
      outcome: clean(acted.outcome),
      executions: 1,
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const outcome = timeout.aborted
      ? `not done after ${formatDuration(step.timeoutMs)}`
      : clean(sentenceOf(error));
    log.note(outcome);
    return { state: timeout.aborted ? 'timed-out' : 'failed', exitCode: null, outcome, executions: 1 };
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function linkFor(host: string, link: JobLink): Omit<HostLink, 'since'> {
  if (link.state === 'connected') return { host, state: 'connected', text: '' };
  const next = link.nextLookMs > 0 ? `; next look in ${formatDuration(link.nextLookMs)}` : '';
  return { host, state: 'lost', text: `Link to ${host} lost; the step goes on there${next}.` };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
