import type { Item } from '../../shared/contract/checklist.ts';
import type { Box, Document } from './document/document.ts';
import type { Source } from './file/source.ts';
import { editBoxes } from './file/write-back.ts';

export interface ExportFacts {
  source: Source;
  document: Document;
  items: readonly Item[];
  launch: string;
  at: Date;
}

/**
 * The document with today's states in its boxes, no other byte changed, and after it what the boxes cannot say: states
 * with their reasons, evidence, and by whom. It is put at the end so that the document above stays the team's own,
 * which anybody can compare, and because a line put into a nested list would change how the list reads. The lines at
 * the end have no boxes, so that the file read again has the same items.
 */
export function exportMarkdown({ source, document, items, launch, at }: ExportFacts): string {
  const edits = document.items.flatMap((item, index) => {
    const row = items[index];
    const box = row ? boxToShow(row) : item.box;
    return box === item.box ? [] : [{ offset: item.offset, box }];
  });
  const { text } = editBoxes(source, edits);
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const lines = [...statesOf(document, items, launch, at), ''];
  const ended = text === '' || /[\r\n]$/.test(text) ? text : text + newline;
  const closing = document.closing && document.closing + newline;
  return `${ended}${closing}${newline}${lines.join(newline)}`;
}

function boxToShow({ status, criterion, holds, ticked, state }: Item): Box {
  if (criterion === 'no-go') return (holds ?? ticked) ? 'x' : ' ';
  if (status === 'waived') return '~';
  if (status === 'disputed') return state === 'done' ? 'x' : ' ';
  return status === 'pass' || status === 'done' || status === 'claimed' ? 'x' : ' ';
}

function statesOf(document: Document, items: readonly Item[], launch: string, at: Date): string[] {
  const told = items.flatMap((item) => {
    const text = tell(item);
    return text ? [{ item, text }] : [];
  });
  const lines = [
    '---',
    '',
    `## States of ${plain(launch)}`,
    '',
    `As recorded by Holdpoint, ${at.toISOString()}.`,
  ];
  const bySection = Map.groupBy(told, ({ item }) => item.section);
  for (const section of document.sections) {
    const here = bySection.get(section.id);
    if (!here) continue;
    lines.push('', `**${section.path.slice(-2).map(plain).join(' > ') || 'Before the first heading'}**`, '');
    for (const { item, text } of here) lines.push(`- ${plain(item.title)}: ${text}`);
  }
  return lines;
}

/** What there is to say of an item that its box does not; null for one that is open and nobody's. */
function tell(item: Item): string | null {
  const parts: string[] = [];
  const { status, gate, override, criterion, holds } = item;
  if (criterion === 'no-go' && !gate) {
    parts.push(holds === null ? 'not answered' : holds ? 'holds' : 'does not hold');
  } else if (status !== 'open') parts.push(status === 'claimed' ? 'ticked in the document only' : status);
  if (parts.length === 0 && item.assignee === '' && !gate) return null;
  if (item.reason) parts.push(plain(item.reason));
  if (gate)
    parts.push(plain([gate.measured, gate.sentence].filter(Boolean).join(': ') || 'not measured yet'));
  if (gate?.at) parts.push(`measured ${gate.at}`);
  if (override) parts.push(`overridden by ${plain(override.by)}, ${override.at}: ${plain(override.reason)}`);
  if (item.by) parts.push(`${plain(item.by)}, ${item.at ?? ''}`);
  if (item.assignee) parts.push(`with ${plain(item.assignee)}`);
  return parts.join('; ');
}

/** Words that are not to be read as markup, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (character) => `\\${character}`);
}
