import { formatDuration } from '../../shared/units.ts';
import { type Teller, teller } from '../journal/index.ts';
import { clockHeld, clockResumed, roleAnswered, roleWithdrew, t0Set } from './entries.ts';

const words = { go: 'go', 'go-with-condition': 'go with a condition', 'no-go': 'no-go', abstain: 'abstains' };

export const boardTellers: readonly Teller[] = [
  teller(roleAnswered, ({ role, value, condition }) => ({
    text: `Answered ${words[value]} as ${role}${condition && `: ${condition}`} (unsigned)`,
    link: { to: 'role', role },
  })),
  teller(roleWithdrew, ({ role }) => ({
    text: `Withdrew the answer of ${role}`,
    link: { to: 'role', role },
  })),
  teller(t0Set, ({ t0 }) => ({ text: t0 === null ? 'Took T-0 away' : `Set T-0 to ${t0}` })),
  teller(clockHeld, ({ reason }) => ({ text: `Held the clock: ${reason}` })),
  teller(clockResumed, ({ heldMs }) => ({ text: `Resumed the clock after ${formatDuration(heldMs)}` })),
];
