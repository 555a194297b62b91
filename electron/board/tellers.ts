import { formatDuration } from '../../shared/units.ts';
import { type Teller, teller } from '../journal/index.ts';
import { clockHeld, clockResumed, roleAnswered, roleWithdrew, t0Set } from './entries.ts';

const words = { go: 'go', 'go-with-condition': 'go with a condition', 'no-go': 'no-go', abstain: 'abstains' };

export const boardTellers: readonly Teller[] = [
  teller(roleAnswered, ({ role, value, condition }) => ({
    text: `answered ${words[value]} as ${role}${condition && `: ${condition}`} (unsigned)`,
    link: { to: 'role', role },
  })),
  teller(roleWithdrew, ({ role }) => ({
    text: `withdrew the answer of ${role}`,
    link: { to: 'role', role },
  })),
  teller(t0Set, ({ t0 }) => ({ text: t0 === null ? 'took T-0 away' : `set T-0 to ${t0}` })),
  teller(clockHeld, ({ reason }) => ({ text: `held the clock: ${reason}` })),
  teller(clockResumed, ({ heldMs }) => ({ text: `resumed the clock after ${formatDuration(heldMs)}` })),
];
