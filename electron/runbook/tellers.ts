import { type Teller, teller } from '../journal/index.ts';
import {
  holdAnswered,
  runChose,
  runEnded,
  runHeld,
  runStarted,
  stepEnded,
  stepStarted,
  stopAsked,
} from './entries.ts';

const choiceWords = {
  'go-on': 'Let the run go on',
  retry: 'Asked for another try',
  skip: 'Skipped the step',
  'leave-out': 'Left out',
  done: 'Called the step done',
  'roll-back': 'Ordered the rollback',
  stop: 'Stopped the run',
};

export const runTellers: readonly Teller[] = [
  teller(runStarted, ({ run, title, version, target, rehearsal, number }) => ({
    text: `Started run ${number}: ${title} ${version} to ${target}${rehearsal ? ', a rehearsal' : ''}`,
    link: { to: 'run', run },
  })),
  teller(stepStarted, ({ run, title, cells }) => ({
    text: `${title}: began${on(cells.map(({ host }) => host))}${again(cells)}`,
    link: { to: 'run', run },
  })),
  teller(stepEnded, ({ run, title, host, state, outcome, logBytes, logDigest }) => ({
    text: `${title}: ${state}${on([host])}, ${outcome}${logBytes > 0 ? ` · output ${logDigest.slice(0, 12)}` : ''}`,
    link: { to: 'run', run },
  })),
  teller(runHeld, ({ run, text, roles }) => ({
    text: `Waits for ${roles.join(' or ')}: ${text}`,
    link: { to: 'run', run },
  })),
  teller(holdAnswered, ({ run, role, go, note }) => ({
    text: role
      ? `${go ? 'Released' : 'Refused'} the hold as ${role}${note && `: ${note}`}`
      : `Nobody answered the hold in time: ${go ? 'the run goes on' : 'the run stops'}`,
    link: { to: 'run', run },
  })),
  teller(runChose, ({ run, choice, hosts, reason }) => ({
    text: `${choiceWords[choice]}${on(hosts)}${reason && `: ${reason}`}`,
    link: { to: 'run', run },
  })),
  teller(stopAsked, ({ run, when }) => ({
    text: when === 'now' ? 'Stopped the run at once' : 'Asked the run to stop after this step',
    link: { to: 'run', run },
  })),
  teller(runEnded, ({ run, title, state, ending }) => ({
    text: `${title}: ${state}${ending && `, ${ending}`}`,
    link: { to: 'run', run },
  })),
];

function on(hosts: readonly string[]): string {
  const named = hosts.filter((host) => host !== '');
  return named.length > 0 ? ` on ${named.join(', ')}` : '';
}

function again(cells: readonly { attempt: number }[]): string {
  const attempt = Math.max(...cells.map((cell) => cell.attempt));
  return attempt > 1 ? `, attempt ${attempt}` : '';
}
