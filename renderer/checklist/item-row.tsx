import { memo } from 'react';
import { counted } from '../../shared/units.ts';
import { glyphOf, isMeasured, knownAt, knownOf } from '../app/index.ts';
import { Age, Glyph } from '../ui/index.ts';
import type { SectionRow as Heading, ItemRow as Item } from './rows.ts';

/** Rows report nothing themselves: the list reads presses and clicks for all of them. */
interface RowProps<Row> {
  id: string;
  top: number;
  row: Row;
  selected: boolean;
}

export const SectionRow = memo(function SectionRow({
  id,
  top,
  row: { key, section, above, counts, closed },
  selected,
  contradictions,
}: RowProps<Heading> & { contradictions: number }) {
  return (
    <div
      id={id || undefined}
      role="treeitem"
      tabIndex={-1}
      aria-level={1}
      aria-expanded={!closed}
      aria-selected={selected}
      data-key={key}
      className="list-row section-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="section-title">
        <span className="strong ellipsis" title={section.title}>
          {section.title}
        </span>
        <span className="mute ellipsis">{[section.phase, above].filter(Boolean).join(' › ')}</span>
        {contradictions > 0 && (
          <span className="section-findings">{counted(contradictions, 'contradiction')}</span>
        )}
        {closed && <span className="mute">closed</span>}
      </span>
      <span className="section-counts figures">
        {counts.proven} proven · {counts.claimed} claimed · {counts.open} open
      </span>
    </div>
  );
});

export const ItemRow = memo(function ItemRow({
  id,
  top,
  row: { key, item, hasChildren, closed, context },
  selected,
}: RowProps<Item>) {
  const known = knownOf(item);
  return (
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={item.depth + 2}
      aria-expanded={hasChildren ? !closed : undefined}
      aria-selected={selected}
      data-key={key}
      className={`list-row item-row${context ? ' item-row-context' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="item-title" style={{ paddingLeft: item.depth * 20 }}>
        <span className="item-tick" data-tick>
          <Glyph kind={glyphOf(item)} />
        </span>
        <span className={`ellipsis${hasChildren ? ' strong' : ''}`} title={item.title}>
          {item.title}
        </span>
        {closed && <span className="mute">…</span>}
      </span>
      <span
        className={`item-known ellipsis${isMeasured(item) ? ' mono' : ' soft'}`}
        title={known || undefined}
      >
        {known}
      </span>
      <span className="item-owner mute ellipsis">{item.assignee}</span>
      <span className="item-age">
        <Age at={knownAt(item)} />
      </span>
    </div>
  );
});
