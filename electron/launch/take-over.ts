import type { TakenOver } from '../../shared/contract/signoff.ts';
import { ChecklistError } from '../checklist/index.ts';
import type { ReviewedItem } from '../signoff/index.ts';
import type { OpenLaunch } from './open-launch.ts';

/**
 * Makes what reviewers agree on the state of items in the checklist, each with the reviewers' entries as its evidence.
 * What they mark differently is left to be settled, and so is what the checklist does not let a hand decide.
 * @param wanted ids of items; null for all that reviewers marked
 */
export async function takeOverMarks(
  launch: OpenLaunch,
  author: string,
  wanted: readonly string[] | null,
): Promise<TakenOver> {
  const { items: reviewed } = launch.signoffs.review();
  const taken: TakenOver['taken'] = [];
  const left: TakenOver['left'] = [];
  for (const item of wanted ?? reviewed.map(({ item }) => item)) {
    const one = reviewed.find((each) => each.item === item);
    const title = one?.title ?? item;
    const why = one ? await takeOver(launch, author, one) : 'No reviewer has marked it.';
    if (why === '') taken.push({ item, title, state: one?.marks[0]?.state ?? 'open' });
    else if (why !== null) left.push({ item, title, why });
  }
  return { taken, left };
}

/** Why it was not taken over: empty where it was, null where the checklist says the same already. */
async function takeOver(
  { checklist }: OpenLaunch,
  author: string,
  { item, marks, disputed }: ReviewedItem,
): Promise<string | null> {
  const [first] = marks;
  if (disputed || !first) return 'Reviewers mark it differently. Settle that first.';
  const row = checklist.items.find(({ id }) => id === item);
  if (!row) return 'It is no longer in the checklist.';
  const reason = marks.find((mark) => mark.reason !== '')?.reason ?? '';
  if (row.state === first.state && row.reason === reason && row.by !== '') return null;
  const evidence = marks.map(({ entry, author: reviewer }) => ({ entry, author: reviewer }));
  try {
    await checklist.mark(author, item, first.state, reason, evidence);
    return '';
  } catch (error) {
    if (error instanceof ChecklistError) return error.message;
    throw error;
  }
}
