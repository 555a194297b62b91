import type { RoleAnswer } from '../../shared/contract/board.ts';
import { formatMoment, Glyph, useNow } from '../ui/index.ts';
import { type Standing, verdicts } from './words.ts';

/** A role whose answers are signed: what it says, by whom, and what it lacks. */
export function RoleRow({
  standing,
  selected,
  onSelect,
}: {
  standing: Standing;
  selected: boolean;
  onSelect: () => void;
}) {
  const now = useNow(60);
  const { title, verdict, answers, lacks } = standing;
  const { glyph, tone, word } = verdicts[verdict];
  return (
    <button
      type="button"
      className="row signoff-role"
      aria-pressed={selected}
      onClick={onSelect}
      onFocus={onSelect}
      data-row
    >
      <Glyph kind={glyph} word={word} />
      <span className="signoff-words">
        <span className="strong ellipsis" title={title}>
          {title}
        </span>
        {answers.slice(0, 3).map(({ id, author, claimedAt }) => (
          <span key={id} className="soft ellipsis" title={author}>
            signed {formatMoment(new Date(claimedAt), new Date(now))} by {author}
          </span>
        ))}
        {answers.length > 3 && <span className="soft">and {answers.length - 3} more</span>}
        {lacks && (
          <span className={`tone-${tone} ellipsis`} title={lacks}>
            {lacks}
          </span>
        )}
      </span>
      <span className={`signoff-verdict tone-${tone}`}>{word}</span>
    </button>
  );
}

/** A role without signers: what it says counts unsigned, and is said on the board. */
export function UnsignedRow({ role, onAnswer }: { role: RoleAnswer; onAnswer: () => void }) {
  return (
    <button type="button" className="row signoff-role" onClick={onAnswer} data-row>
      <Glyph
        kind={role.answer && !role.lacks ? 'done' : 'open'}
        word={role.answer ? 'answered' : 'no answer'}
      />
      <span className="signoff-words">
        <span className="strong ellipsis" title={role.title}>
          {role.title}
        </span>
        <span className="soft ellipsis">answers without a signature, on the Launch screen</span>
      </span>
      <span className="signoff-verdict soft">{role.answer?.value.replaceAll('-', ' ') ?? 'no answer'}</span>
    </button>
  );
}
