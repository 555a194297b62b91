import { counted, formatBytes } from '../../shared/units.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { Button, EmptyState, Glyph, type GlyphKind, Panel, PanelBody } from '../ui/index.ts';
import { type Draft, sizeOf } from './draft.ts';

/** What I say, until I sign it. */
export function DraftPanel({
  draft,
  onChange,
  mark,
  comment,
  attach,
  sign,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  mark: BoundCommand | undefined;
  comment: BoundCommand | undefined;
  attach: BoundCommand | undefined;
  sign: BoundCommand | undefined;
}) {
  const { marks, comments, attachments } = draft;
  const size = sizeOf(draft);
  const without = <Row,>(rows: readonly Row[], index: number) => rows.filter((_, at) => at !== index);
  return (
    <Panel title="Your review" aside={size === 0 ? 'nothing yet' : 'not signed yet'}>
      {size === 0 && (
        <EmptyState>
          Mark what you looked at, and say what you think. It is yours until you sign it, and is kept until
          then.
        </EmptyState>
      )}
      <ul className="review-draft">
        {marks.map(({ item, title, state, reason }, index) => (
          <Row
            key={item}
            glyph={state}
            words={title}
            more={reason}
            onDrop={() => onChange({ ...draft, marks: without(marks, index) })}
          />
        ))}
        {comments.map(({ text, title }, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: two comments may read the same.
            key={index}
            glyph="active"
            word="comment"
            words={text}
            more={title}
            onDrop={() => onChange({ ...draft, comments: without(comments, index) })}
          />
        ))}
        {attachments.map(({ name, title, bytes }, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a file may be attached twice.
            key={index}
            glyph="claimed"
            word="file"
            words={`${name}, ${formatBytes(bytes)}`}
            more={title}
            onDrop={() => onChange({ ...draft, attachments: without(attachments, index) })}
          />
        ))}
      </ul>
      <PanelBody>
        <div className="review-actions">
          <CommandButton command={mark} />
          <CommandButton command={comment} />
          <CommandButton command={attach} />
          <CommandButton command={sign} tone="primary">
            {size === 0 ? undefined : `Sign ${counted(size, 'entry', 'entries')}…`}
          </CommandButton>
        </div>
      </PanelBody>
    </Panel>
  );
}

function Row({
  glyph,
  word,
  words,
  more,
  onDrop,
}: {
  glyph: GlyphKind;
  word?: string;
  words: string;
  more: string;
  onDrop: () => void;
}) {
  return (
    <li className="review-draft-row">
      <Glyph kind={glyph} {...(word && { word })} />
      <span className="break">
        {words}
        {more && <span className="soft">: {more}</span>}
      </span>
      <Button tone="quiet" about={words} onPress={onDrop}>
        Drop
      </Button>
    </li>
  );
}
