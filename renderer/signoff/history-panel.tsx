import { useState } from 'react';
import type { SignoffsView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { Button, EmptyState, formatMoment, Glyph, Panel, PanelBody, Skeleton, useNow } from '../ui/index.ts';
import { shortOf, standings } from './words.ts';

const atFirst = 12;

/** Every signature of the launch, newest first, and whether it counts today. */
export function HistoryPanel({ view }: { view: SignoffsView | undefined }) {
  const now = useNow(60);
  const [all, setAll] = useState(false);
  const rows = all ? view?.history : view?.history.slice(0, atFirst);
  const older = view ? view.signatures - view.history.length : 0;
  return (
    <Panel title="Signatures" aside={view && counted(view.signatures, 'signature')}>
      {!view && <Skeleton rows={4} height={47} />}
      {view?.history.length === 0 && (
        <EmptyState>
          Nobody has signed anything yet. Every answer and every review stands here for good.
        </EmptyState>
      )}
      <ul>
        {rows?.map(({ id, author, claimedAt, text, standing, why, fingerprint }) => (
          <li key={id} className="signoff-signature">
            <Glyph kind={standings[standing].glyph} word={standings[standing].word} />
            <span className="signoff-words">
              <span className="ellipsis" title={text}>
                {text}
              </span>
              <span className="soft ellipsis" title={`${author}${why && `: ${why}`}`}>
                {author}
                {why && ` · ${why}`}
              </span>
            </span>
            <span className="mono mute ellipsis" title={`${fingerprint}, statement ${id}`}>
              {shortOf(fingerprint)}
            </span>
            <span className="soft">{standings[standing].word}</span>
            <time className="mono mute signoff-at" dateTime={claimedAt}>
              {formatMoment(new Date(claimedAt), new Date(now))}
            </time>
          </li>
        ))}
      </ul>
      {view && rows && rows.length < view.history.length && (
        <PanelBody>
          <div>
            <Button onPress={() => setAll(true)}>Show {view.history.length}</Button>
          </div>
        </PanelBody>
      )}
      {all && older > 0 && (
        <PanelBody>
          <p className="soft">{older} older ones are in the audit bundle.</p>
        </PanelBody>
      )}
    </Panel>
  );
}
