import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Board } from '../../shared/contract/board.ts';
import { type BoundCommand, CommandButton, placeOf, useFrame } from '../app/index.ts';
import { Glyph } from '../ui/index.ts';

const reasonsAtFirst = 5;

/** May we go, and if not, exactly why. */
export function DecisionPanel({
  board,
  recheck,
  rechecking,
}: {
  board: Board | undefined;
  recheck: BoundCommand | undefined;
  rechecking: boolean;
}) {
  const [all, setAll] = useState(false);
  const { commands } = useFrame();
  const reasons = board?.reasons ?? [];
  const conditions =
    board?.decision === 'go' ? board.roles.filter(({ answer }) => Boolean(answer?.condition)) : [];
  const shown = all ? reasons : reasons.slice(0, reasonsAtFirst);
  const hidden = reasons.length - shown.length;
  return (
    <section
      className={`board-decision board-decision-${board?.decision ?? 'unknown'}`}
      aria-label="Decision"
      aria-busy={!board}
    >
      <p className="board-decision-word">{board ? (board.decision === 'go' ? 'GO' : 'NO-GO') : '…'}</p>
      <div className="board-reasons">
        {board?.decision === 'go' && (
          <p className="soft">
            {conditions.length === 0
              ? 'No reason stands against it.'
              : 'No reason stands against it, under these conditions:'}
          </p>
        )}
        <ul>
          {conditions.map(({ role, title, answer }) => (
            <li key={role}>
              <Link to="/" search={{ role }} className="board-reason" data-row title={answer?.condition}>
                <Glyph kind="unproven" word="condition" />
                <span className="ellipsis">
                  {title}: {answer?.condition}
                </span>
              </Link>
            </li>
          ))}
          {shown.map((reason) => (
            <li key={`${reason.code} ${reason.text}`}>
              <Link {...placeOf(reason.link)} className="board-reason" data-row title={reason.text}>
                <Glyph kind={reason.status} />
                <span className="ellipsis">{reason.text}</span>
              </Link>
            </li>
          ))}
        </ul>
        {(hidden > 0 || all) && (
          <button type="button" className="board-more" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show the first five' : `${hidden} more ${hidden === 1 ? 'reason' : 'reasons'}`}
          </button>
        )}
      </div>
      <div className="board-decision-actions">
        <CommandButton command={recheck} tone="primary" busy={rechecking} wide>
          {rechecking ? 'Measuring…' : undefined}
        </CommandButton>
        <CommandButton command={commands.hold ?? commands.resume} wide />
      </div>
    </section>
  );
}
