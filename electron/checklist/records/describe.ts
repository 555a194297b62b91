import type { Link } from '../../../shared/contract/board.ts';
import type { Entry } from '../../journal/index.ts';
import {
  checklistRead,
  itemAnswered,
  itemAssigned,
  itemMarked,
  itemNoted,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
} from './entries.ts';

/** An entry of this domain in a sentence, for the timeline and an item's history; null for entries of others. */
export function describeEntry(entry: Entry): { text: string; link: Link | null } | null {
  const tell = describers[entry.kind];
  return tell ? tell(entry) : null;
}

const because = (text: string) => (text ? `: ${text}` : '');

const describers: Record<string, (entry: Entry) => { text: string; link: Link | null }> = {
  [itemMarked.name]: (entry) => {
    const { item, title, state, reason } = itemMarked.parse(entry);
    return { text: `Marked "${title}" ${state}${because(reason)}`, link: { to: 'item', item } };
  },
  [itemAnswered.name]: (entry) => {
    const { item, title, holds, note } = itemAnswered.parse(entry);
    const said =
      holds === null
        ? 'Took back the answer to'
        : holds
          ? 'Said that it holds:'
          : 'Said that it does not hold:';
    return { text: `${said} "${title}"${because(note)}`, link: { to: 'item', item } };
  },
  [itemNoted.name]: (entry) => {
    const { item, title, text } = itemNoted.parse(entry);
    return { text: `Noted on "${title}": ${text}`, link: { to: 'item', item } };
  },
  [itemAssigned.name]: (entry) => {
    const { item, title, to } = itemAssigned.parse(entry);
    return {
      text: to ? `Gave "${title}" to ${to}` : `Gave "${title}" to nobody`,
      link: { to: 'item', item },
    };
  },
  [itemOverridden.name]: (entry) => {
    const { item, title, reason } = itemOverridden.parse(entry);
    return { text: `Overrode the gate "${title}": ${reason}`, link: { to: 'item', item } };
  },
  [itemOverrideWithdrawn.name]: (entry) => {
    const { item, title } = itemOverrideWithdrawn.parse(entry);
    return { text: `Withdrew the override of "${title}"`, link: { to: 'item', item } };
  },
  [itemRematched.name]: (entry) => {
    const { title, to, how } = itemRematched.parse(entry);
    if (!to) return { text: `"${title}" is gone from the checklist`, link: null };
    const known = how === 'words' ? ' (same section, nearly the same words)' : '';
    return { text: `"${title}" is now "${to.title}"${known}`, link: { to: 'item', item: to.item } };
  },
  [checklistRead.name]: (entry) => {
    const { file, items, ticked, digest } = checklistRead.parse(entry);
    return {
      text: `Read ${file}: ${items} items, ${ticked} ticked, SHA-256 ${digest.slice(0, 12)}…`,
      link: null,
    };
  },
};
