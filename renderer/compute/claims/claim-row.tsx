import { Glyph, IntervalBar } from '../../ui/index.ts';
import { formatInterval, formatValue } from '../figures/format.ts';
import { verdicts } from '../figures/verdicts.ts';
import { boundOf, type Claim, neededWords, theirsWords } from './claim-words.ts';

/** A number the document asserts, beside what was re-computed. */
export function ClaimRow({
  claim,
  selected,
  onSelect,
}: {
  claim: Claim;
  selected: boolean;
  onSelect: () => void;
}) {
  const { kind, word, tone } = verdicts[claim.verdict];
  const { ours } = claim;
  const bound = boundOf(claim);
  const needed = neededWords(claim);
  return (
    <button
      type="button"
      className="row claim-row"
      aria-pressed={selected}
      onClick={onSelect}
      onFocus={onSelect}
      data-row
    >
      <Glyph kind={kind} word={word} />
      <span className="mono mute claim-line" title={`line ${claim.line}`}>
        {claim.line}
      </span>
      <span className="claim-text ellipsis" title={claim.text}>
        {claim.text}
      </span>
      <span className="mono soft claim-theirs">{theirsWords(claim)}</span>
      <span className="claim-bar">
        {ours && ours.value !== null && bound !== null && (
          <IntervalBar
            of={{ bound, estimate: ours.value, interval: ours.interval ?? undefined }}
            tone={tone}
            label={`theirs ${theirsWords(claim)}; ours ${formatValue(ours.value, ours.unit)} ${formatInterval(ours)}`}
          />
        )}
      </span>
      <span className="mono claim-ours">
        {ours ? formatValue(ours.value, ours.unit) : ''}
        {ours?.interval && <span className="soft claim-interval"> {formatInterval(ours)}</span>}
      </span>
      <span className="claim-sentence">
        <span className={`tone-${tone}`}>{word}</span> <span className="soft">{claim.sentence}</span>
      </span>
      <span className="mono soft claim-needed">{needed && `needs ${needed}`}</span>
    </button>
  );
}
