import { Link } from '@tanstack/react-router';
import { formatMoment, Glyph, useNow } from '../ui/index.ts';
import type { Reviewed } from './sign-dialogs.tsx';

/** An item with every mark that nobody has replaced. Of a disputed one, both sides. */
export function ReviewedRow({
  reviewed: { item, title, path, disputed, marks },
  selected,
  onSelect,
}: {
  reviewed: Reviewed;
  selected: boolean;
  onSelect: () => void;
}) {
  const now = useNow(60);
  return (
    <Link
      to="/checklist"
      search={{ item }}
      className={`row review-item${selected ? ' review-selected' : ''}`}
      onFocus={onSelect}
      data-row
    >
      <Glyph kind={disputed ? 'disputed' : (marks[0]?.state ?? 'open')} />
      <span className="review-words">
        <span className="strong ellipsis" title={title}>
          {title}
        </span>
        <span className="mute ellipsis">{path.join(' › ')}</span>
        {marks.map(({ entry, author, state, reason, claimedAt }) => (
          <span key={entry} className="review-mark">
            <Glyph kind={state} />
            <span className="break">
              {state}{' '}
              <span className="soft">
                by {author}
                {reason && `: ${reason}`}
              </span>
            </span>
            <time className="mono mute" dateTime={claimedAt}>
              {formatMoment(new Date(claimedAt), new Date(now))}
            </time>
          </span>
        ))}
      </span>
    </Link>
  );
}
