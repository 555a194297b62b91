import type { ReactNode } from 'react';
import type { ImportedView } from '../../shared/contract/signoff.ts';
import { Glyph, type GlyphKind, ScrollArea } from '../ui/index.ts';

const mostShown = 100;
const effectGlyphs: Record<ImportedView['effects'][number]['kind'], GlyphKind> = {
  fork: 'fail',
  item: 'active',
  role: 'stale',
};

/** What a file would bring and change, and what of it is refused and why. */
export function Preview({
  preview: { added, effects, known, refused, differing },
}: {
  preview: ImportedView;
}) {
  return (
    <ScrollArea label="What it would change" className="review-preview">
      <p role="status">
        {added.length} new, {known} known already, {refused.length} refused.
      </p>
      {differing.length > 0 && (
        <p className="tone-stale break">
          It was reviewed on another pack than the one here: {differing.slice(0, 8).join(', ')}
          {differing.length > 8 && ` and ${differing.length - 8} more`}{' '}
          {differing.length === 1 ? 'is' : 'are'} not the same. What it says counts as far as it is about the
          same.
        </p>
      )}
      <List title="What would be different" rows={effects}>
        {({ kind, about, title, before, after }) => (
          <li key={`${kind} ${about}`} className="review-effect">
            <Glyph kind={after.startsWith('disputed') ? 'disputed' : effectGlyphs[kind]} word={kind} />
            <span className="break">
              <span className="strong">{title}</span>
              <br />
              <span className="soft">
                {before} → {after}
              </span>
            </span>
          </li>
        )}
      </List>
      <List title="Refused" rows={refused}>
        {({ name, code, message }) => (
          <li key={`${name} ${message}`} className="review-effect">
            <Glyph kind="fail" word={code} />
            <span className="break">
              {message}
              <br />
              <span className="mono mute">{name}</span>
            </span>
          </li>
        )}
      </List>
      <List title="New" rows={added}>
        {({ id, author, text }) => (
          <li key={id} className="review-effect">
            <Glyph kind="done" word="verifies" />
            <span className="break">
              {text} <span className="soft">signed by {author}</span>
            </span>
          </li>
        )}
      </List>
    </ScrollArea>
  );
}

function List<Row>({
  title,
  rows,
  children,
}: {
  title: string;
  rows: readonly Row[];
  children: (row: Row) => ReactNode;
}) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>{rows.slice(0, mostShown).map(children)}</ul>
      {rows.length > mostShown && <p className="soft">and {rows.length - mostShown} more</p>}
    </>
  );
}
