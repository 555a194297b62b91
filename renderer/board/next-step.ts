import type { Decision, Link } from '../../shared/contract/board.ts';
import type { HostRow } from '../../shared/contract/hardware.ts';
import type { Launch } from '../../shared/contract/pack.ts';
import type { RunSummary } from '../../shared/contract/runbook.ts';
import type { Sandbox } from '../../shared/contract/sandbox.ts';

export interface Situation {
  launch: Pick<Launch, 'mode' | 'version' | 'targets' | 'runbooks'>;
  decision: Decision;
  reasons: readonly { text: string; link: Link }[];
  /** Newest first. */
  runs: readonly RunSummary[];
  hosts: readonly Pick<HostRow, 'host' | 'state'>[];
  /** Null where the launch has nothing to do with it. */
  sandbox: Pick<Sandbox, 'state'> | null;
}

export type NextAction =
  | { to: 'sandbox' }
  | { to: 'host'; host: string }
  | { to: 'plan'; runbook: string; target: string }
  | { to: 'run'; run: string }
  | { to: 'rollback'; run: string }
  | { to: 'link'; link: Link };

export interface NextStep {
  title: string;
  /** Why this is next, in a sentence. */
  why: string;
  /** What its button says; with no action there is nothing to press. */
  action: { label: string; does: NextAction } | null;
}

const underWay = new Set<RunSummary['state']>(['running', 'holding', 'asking', 'stopping']);

/** The one thing that brings the launch on from here. Everything else can wait for it. */
export function nextStep(situation: Situation): NextStep {
  const { launch, decision, reasons, runs, hosts, sandbox } = situation;
  if (sandbox && sandbox.state !== 'running') return startSandbox(sandbox.state);

  const active = runs.find(({ state }) => underWay.has(state));
  if (active) return followRun(active);

  const strange = hosts.find(({ state }) => state === 'key-unknown' || state === 'key-changed');
  if (strange) {
    return {
      title: `Look at the host key of ${strange.host}`,
      why: 'Nothing runs on a host whose key nobody has accepted.',
      action: { label: 'Look at the key', does: { to: 'host', host: strange.host } },
    };
  }

  const deploy = launch.runbooks.find(({ does }) => does === 'deploy');
  if (!deploy) {
    return {
      title: 'Work through the checklist',
      why: 'The pack has no runbook that deploys.',
      action: null,
    };
  }
  const staging = launch.targets.find(({ rehearsal }) => rehearsal);
  const production = launch.targets.find(({ rehearsal }) => !rehearsal);

  if (staging) {
    const step = rehearseOn(staging.name, deploy.name, launch.version, runs);
    if (step) return step;
  }
  if (!production) return finished(launch.version, staging?.name ?? '');

  if (launch.mode === 'live' && decision === 'no-go') {
    const [first] = reasons;
    return {
      title: reasons.length === 1 ? 'Clear the last reason' : `Clear ${reasons.length} reasons`,
      why: first ? `First: ${first.text}` : 'The board says no-go.',
      action: first ? { label: 'Show the first', does: { to: 'link', link: first.link } } : null,
    };
  }
  const deployed = runs.find(
    (run) => run.target === production.name && run.does === 'deploy' && run.version === launch.version,
  );
  if (deployed?.state === 'done' && !deployed.rolledBackBy) return finished(launch.version, production.name);
  if (deployed && deployed.state !== 'done' && !deployed.rolledBackBy) return lookAtFailure(deployed);
  return {
    title: `Deploy to ${production.name}`,
    why:
      launch.mode === 'live'
        ? 'The board says go.'
        : 'Deploy and rollback work on staging. The rehearsal goes on, one host first.',
    action: { label: 'See the plan', does: { to: 'plan', runbook: deploy.name, target: production.name } },
  };
}

function startSandbox(state: Sandbox['state']): NextStep {
  return state === 'starting'
    ? { title: 'The sandbox is starting', why: 'It takes a few seconds.', action: null }
    : {
        title: 'Start the sandbox',
        why: 'Three small servers on this machine stand in for your hosts. Nothing else is touched.',
        action: { label: 'Start the sandbox', does: { to: 'sandbox' } },
      };
}

function followRun({ id, title, state, where }: RunSummary): NextStep {
  const waits = state === 'holding' || state === 'asking';
  return {
    title: waits ? `${title} waits for you` : `${title} is running`,
    why: where,
    action: { label: waits ? 'Answer it' : 'Watch it', does: { to: 'run', run: id } },
  };
}

function lookAtFailure({ id, title, state }: RunSummary): NextStep {
  return {
    title: `${title} ${state === 'stopped' ? 'was stopped' : 'failed'}`,
    why: 'See what it left on the hosts, then go back or try again.',
    action: { label: 'Look at the run', does: { to: 'run', run: id } },
  };
}

/** Deploy, then prove the way back, before anything touches production. */
function rehearseOn(
  target: string,
  runbook: string,
  version: string,
  runs: readonly RunSummary[],
): NextStep | null {
  const here = runs.filter((run) => run.target === target && run.version === version);
  const deployed = here.find(({ does }) => does === 'deploy');
  const wentBack = runs.some(
    (run) => run.target === target && run.state === 'done' && (run.does === 'rollback' || run.rollsBack),
  );
  if (!deployed) {
    return {
      title: `Deploy to ${target}`,
      why: 'The plan shows every step and script first. Nothing starts by itself.',
      action: { label: 'See the plan', does: { to: 'plan', runbook, target } },
    };
  }
  if (deployed.state !== 'done' && !deployed.rolledBackBy) return lookAtFailure(deployed);
  if (wentBack) return null;
  return {
    title: `Roll ${target} back`,
    why: 'A rollback that was never tried is a hope. It says what it will do before it does it.',
    action: { label: 'See what it would do', does: { to: 'rollback', run: deployed.id } },
  };
}

function finished(version: string, target: string): NextStep {
  return {
    title: `${version} is on ${target}`,
    why: 'What is left stands in the checklist: the first day, week and month.',
    action: null,
  };
}
