import type { Reason, RoleAnswer } from '../../shared/contract/board.ts';
import type { Item, ItemStatus } from '../../shared/contract/checklist.ts';
import { isSettled } from '../../shared/item-status.ts';

/** What the decision rests on. */
export interface Grounds {
  items: readonly Item[];
  roles: readonly RoleAnswer[];
  /** Items with a history that the changed document no longer shows. */
  unmatched: number;
  /** Items that signed reviews mark differently. */
  reviewedDifferently: readonly { item: string; title: string }[];
  /** Places at which somebody signed two different entries. */
  forks: readonly { author: string; seq: number }[];
}

/** The worse a status, the earlier its reason is told. */
const urgency: ItemStatus[] = [
  'fail',
  'failed',
  'error',
  'disputed',
  'blocked',
  'unproven',
  'stale',
  'claimed',
  'active',
  'open',
];

/**
 * Why the launch may not go; empty means go. All go criteria must hold, no no-go criterion may, no gate or item of
 * the time before the launch may stand against it, and every role must have said go.
 */
export function reasonsAgainst({ items, roles, unmatched, reviewedDifferently, forks }: Grounds): Reason[] {
  const before = items.filter(({ afterLaunch }) => !afterLaunch);
  const criteria = [
    ...before.filter(({ criterion }) => criterion === 'go').flatMap(againstGoCriterion),
    ...before.filter(({ criterion }) => criterion === 'no-go').flatMap(againstNoGoCriterion),
  ];
  const others = before.filter(({ criterion }) => criterion === null).flatMap(againstItem);
  const lost: Reason[] =
    unmatched === 0
      ? []
      : [
          {
            code: 'unmatched',
            status: 'disputed',
            text: `${unmatched} marked item${unmatched === 1 ? ' is' : 's are'} no longer in the checklist: say what became of ${unmatched === 1 ? 'it' : 'them'}`,
            link: { to: 'item', item: '' },
          },
        ];
  const disputes = reviewedDifferently.map(
    ({ title }): Reason => ({
      code: 'disputed',
      status: 'disputed',
      text: `${title}: reviewers mark it differently; one who has seen both must say which holds`,
      link: { to: 'review' },
    }),
  );
  return [
    ...alarms(forks),
    ...byUrgency(criteria),
    ...byUrgency(others),
    ...lost,
    ...disputes,
    ...roles.flatMap(againstRole),
  ];
}

/** What is not one person's word any more stands before all else: a copied data folder does this, and a stolen key. */
function alarms(forks: Grounds['forks']): Reason[] {
  return [...Map.groupBy(forks, ({ author }) => author)].map(([author, places]) => ({
    code: 'two-histories',
    status: 'disputed',
    text: `${author} signed two different entries as number ${places.map(({ seq }) => seq).join(', ')}: ask which are theirs, and revoke the key`,
    link: { to: 'review' },
  }));
}

function againstGoCriterion(item: Item): Reason[] {
  const { status, gate, notes, title } = item;
  // Without a check, a person's word needs what it rests on.
  if (status === 'done' && !gate && notes === 0) {
    return [
      reason(
        'go-criterion',
        item,
        'open',
        `${title}: said to hold, without evidence. Note what was looked at.`,
      ),
    ];
  }
  if (status !== 'claimed' && isSettled(status, gate !== null)) return [];
  return [reason('go-criterion', item, status, `${title}: ${whyNot(item)}`)];
}

function againstNoGoCriterion(item: Item): Reason[] {
  if (item.holds === false) return [];
  if (item.holds === true) return [reason('no-go-criterion', item, 'fail', `${item.title}: holds`)];
  if (item.status === 'waived' || item.status === 'overridden') return [];
  return [
    reason('no-go-criterion', item, item.gate?.verdict ? item.status : 'open', `${item.title}: not answered`),
  ];
}

function againstItem(item: Item): Reason[] {
  const { status, gate, title } = item;
  if (status === 'disputed')
    return [reason('disputed', item, status, `${title}: marked differently by two people`)];
  if (status === 'blocked' || status === 'failed') {
    return [reason('blocker', item, status, `${title}: ${status}${item.reason && `, ${item.reason}`}`)];
  }
  if (!gate || isSettled(status, true)) return [];
  return [reason('gate', item, status, `${title}: ${whyNot(item)}`)];
}

function whyNot({ status, gate }: Item): string {
  if (gate?.sentence) return gate.sentence;
  if (gate) return 'not measured yet';
  const words: Partial<Record<ItemStatus, string>> = {
    claimed: 'only claimed in the document',
    open: 'open',
    active: 'being worked on',
    failed: 'failed',
    blocked: 'blocked',
    disputed: 'disputed',
  };
  return words[status] ?? status;
}

function againstRole(standing: RoleAnswer): Reason[] {
  const { role, title, lacks } = standing;
  if (lacks === '') return [];
  return [{ ...kindOfLack(standing), text: `${title}: ${lacks}`, link: { to: 'role', role } }];
}

function kindOfLack({ answer, silent, outdated }: RoleAnswer): Pick<Reason, 'code' | 'status'> {
  if (answer?.value === 'no-go') return { code: 'role-no-go', status: 'fail' };
  if (silent) return { code: 'role-silent', status: 'fail' };
  if (outdated) return { code: 'role-missing', status: 'stale' };
  if (answer?.value === 'abstain') return { code: 'role-missing', status: 'open' };
  if (answer) return { code: 'role-conflict', status: 'disputed' };
  return { code: 'role-missing', status: 'open' };
}

function reason(code: Reason['code'], { id }: Item, status: ItemStatus, text: string): Reason {
  return { code, status, text, link: { to: 'item', item: id } };
}

function byUrgency(reasons: readonly Reason[]): Reason[] {
  const rank = ({ status }: Reason) => (urgency.includes(status) ? urgency.indexOf(status) : urgency.length);
  return [...reasons].sort((a, b) => rank(a) - rank(b));
}
