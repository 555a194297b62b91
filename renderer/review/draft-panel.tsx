import { counted } from '../../shared/units.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { Button, EmptyState, Glyph, Panel, PanelBody } from '../ui/index.ts';
import { type Draft, isEmpty } from './draft.ts';

/** What I say, until I sign it. */
export function DraftPanel({
  draft,
  onChange,
  mark,
  comment,
  sign,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  mark: BoundCommand | undefined;
  comment: BoundCommand | undefined;
  sign: BoundCommand | undefined;
}) {
  const { marks, comments } = draft;
  return (
    <Panel title="Your review" aside={isEmpty(draft) ? 'nothing yet' : 'not signed yet'}>
      {isEmpty(draft) && (
        <EmptyState>
          Mark what you looked at, and say what you think. It is yours until you sign it, and lasts as long as
          this window.
        </EmptyState>
      )}
      <ul className="review-draft">
        {marks.map(({ item, title, state, reason }) => (
          <li key={item} className="review-draft-row">
            <Glyph kind={state} />
            <span className="break">
              {title}
              {reason && <span className="soft">: {reason}</span>}
            </span>
            <Button
              tone="quiet"
              about={title}
              onPress={() => onChange({ marks: marks.filter((one) => one.item !== item), comments })}
            >
              Drop
            </Button>
          </li>
        ))}
        {comments.map(({ text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two comments may read the same.
          <li key={index} className="review-draft-row">
            <Glyph kind="active" word="comment" />
            <span className="break">{text}</span>
            <Button
              tone="quiet"
              about={text}
              onPress={() => onChange({ marks, comments: comments.filter((_, at) => at !== index) })}
            >
              Drop
            </Button>
          </li>
        ))}
      </ul>
      <PanelBody>
        <div className="review-actions">
          <CommandButton command={mark} />
          <CommandButton command={comment} />
          <CommandButton command={sign} tone="primary">
            {isEmpty(draft)
              ? undefined
              : `Sign ${counted(marks.length + comments.length, 'entry', 'entries')}…`}
          </CommandButton>
        </div>
      </PanelBody>
    </Panel>
  );
}
