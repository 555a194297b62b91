import type { BoundCommand } from '../../app/index.ts';
import { CommandButton } from '../../app/index.ts';
import { EmptyState, Facts, Glyph, Panel, PanelBody, Sentence } from '../../ui/index.ts';
import { formatInterval, formatValue } from '../figures/format.ts';
import { verdicts } from '../figures/verdicts.ts';
import { type Claim, longerSentence, neededWords, theirsWords } from './claim-words.ts';

/** Why the selected claim holds or does not, and what its figure means. */
export function ClaimInspector({
  claim,
  periods,
  showItem,
}: {
  claim: Claim | undefined;
  /** Length of the record it was held against, in days. */
  periods: number;
  showItem: BoundCommand | undefined;
}) {
  if (!claim) {
    return (
      <Panel title="Selected claim">
        <EmptyState>Choose a claim to read why it holds or not.</EmptyState>
      </Panel>
    );
  }
  const { kind, word, tone } = verdicts[claim.verdict];
  const { ours } = claim;
  const longer = claim.verdict === 'unproven' ? longerSentence(claim, periods) : '';
  return (
    <Panel
      title={`Line ${claim.line} of the checklist`}
      glyph={<Glyph kind={kind} word={word} />}
      className="compute-inspector"
    >
      <PanelBody>
        <p className="strong break">{claim.text}</p>
        <Sentence tone={tone}>
          {claim.sentence}
          {longer && ` ${longer}`}
        </Sentence>
        <Facts
          facts={[
            { label: claim.asserts === 'rule' ? 'bound' : 'theirs', value: theirsWords(claim) || 'none' },
            { label: 'ours', value: ours ? formatValue(ours.value, ours.unit) : 'not computed' },
            ...(ours?.interval ? [{ label: '95 %', value: formatInterval(ours) }] : []),
            ...(neededWords(claim) ? [{ label: 'needs', value: neededWords(claim) }] : []),
            ...(ours ? [{ label: 'has', value: formatValue(periods, 'days') }] : []),
          ]}
        />
        {ours && (
          <p className="soft break">
            <span className="strong">{ours.title}</span>: {ours.convention}
          </p>
        )}
        {claim.item !== null && (
          <div className="compute-actions">
            <CommandButton command={showItem} />
          </div>
        )}
      </PanelBody>
    </Panel>
  );
}
