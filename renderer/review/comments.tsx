import { Link } from '@tanstack/react-router';
import type { SignoffsView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { formatMoment, Panel, PanelBody, useNow } from '../ui/index.ts';

const mostShown = 100;

/** What reviewers say in words, the newest first. */
export function Comments({ view: { comments } }: { view: SignoffsView }) {
  const now = useNow(60);
  return (
    <Panel title="Comments" aside={counted(comments.length, 'comment')}>
      <ul>
        {comments
          .toReversed()
          .slice(0, mostShown)
          .map(({ entry, author, claimedAt, item, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one entry has several comments, which never change.
            <li key={`${entry} ${index}`} className="review-comment">
              <p className="break">{text}</p>
              <p className="soft">
                {author}, {formatMoment(new Date(claimedAt), new Date(now))}
                {item && (
                  <>
                    {' · '}
                    <Link to="/checklist" search={{ item }} className="link" data-row>
                      Show the item
                    </Link>
                  </>
                )}
              </p>
            </li>
          ))}
      </ul>
      {comments.length > mostShown && (
        <PanelBody>
          <p className="soft">and {comments.length - mostShown} older ones</p>
        </PanelBody>
      )}
    </Panel>
  );
}
