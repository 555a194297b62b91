import type { Link } from '../../../shared/contract/board.ts';
import { type Entry, type Teller, type Told, teller } from '../../journal/index.ts';
import {
  checklistRead,
  itemAnswered,
  itemAssigned,
  itemMarked,
  itemNoted,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
  type MarkEvidence,
} from './entries.ts';

/** How the entries of the checklist are told on the timeline. */
export const checklistTellers: readonly Teller[] = [
  teller(itemMarked, ({ item, title, state, reason, evidence = [] }) => ({
    text: `Marked "${title}" ${state}${because(reason)}${onEvidence(evidence)}`,
    link: toItem(item),
  })),
  teller(itemAnswered, ({ item, title, holds, note }) => ({
    text: `${answerWords(holds)} "${title}"${because(note)}`,
    link: toItem(item),
  })),
  teller(itemNoted, ({ item, title, text }) => ({
    text: `Noted on "${title}": ${text}`,
    link: toItem(item),
  })),
  teller(itemAssigned, ({ item, title, to }) => ({
    text: `Gave "${title}" to ${to || 'nobody'}`,
    link: toItem(item),
  })),
  teller(itemOverridden, ({ item, title, reason }) => ({
    text: `Overrode the gate "${title}": ${reason}`,
    link: toItem(item),
  })),
  teller(itemOverrideWithdrawn, ({ item, title }) => ({
    text: `Withdrew the override of "${title}"`,
    link: toItem(item),
  })),
  teller(itemRematched, ({ title, to, how }) => {
    if (!to) return { text: `"${title}" is gone from the checklist` };
    const known = how === 'words' ? ' (same section, nearly the same words)' : '';
    return { text: `"${title}" is now "${to.title}"${known}`, link: toItem(to.item) };
  }),
  teller(checklistRead, ({ file, items, ticked, digest }) => ({
    text: `Read ${file}: ${items} items, ${ticked} ticked, SHA-256 ${digest.slice(0, 12)}…`,
  })),
];

/** An entry of this domain in a sentence, for an item's history; null for entries of others. */
export function describeEntry(entry: Entry): Told | null {
  return checklistTellers.find(({ kind }) => kind === entry.kind)?.tell(entry) ?? null;
}

const because = (text: string) => (text ? `: ${text}` : '');

/** ` (as ada@example.com signed in entry 9c1e77ab3c14)` */
function onEvidence(evidence: MarkEvidence): string {
  const said = evidence.map(({ author, entry }) => `${author} signed in entry ${entry.slice(0, 12)}`);
  return said.length > 0 ? ` (as ${said.join(' and ')})` : '';
}

const toItem = (item: string): Link => ({ to: 'item', item });

function answerWords(holds: boolean | null): string {
  if (holds === null) return 'Took back the answer to';
  return holds ? 'Said that it holds:' : 'Said that it does not hold:';
}
