import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClaimsView, JobKind } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { useCommands } from '../../app/index.ts';
import { EmptyState, Glyph, IntervalLegend, Panel, PanelBody, Rows } from '../../ui/index.ts';
import { computeCommands } from '../commands/index.ts';
import { Folded } from '../figures/folded.tsx';
import { byVerdict, verdicts } from '../figures/verdicts.ts';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { ClaimInspector } from './claim-inspector.tsx';
import { ClaimRow } from './claim-row.tsx';
import { type Claim, summaryOf } from './claim-words.ts';

const kinds: readonly JobKind[] = ['claims'];
const keyOf = ({ line, text }: Claim) => `${line} ${text}`;

/** Every number the checklist asserts, beside what was re-computed from evidence. */
export function ClaimsScreen(place: Place) {
  const work = useWork(kinds, place);
  const navigate = useNavigate();
  const answer = work.answer?.kind === 'claims' ? work.answer : null;
  const claims = byVerdict(answer?.claims ?? []);
  const [selected, setSelected] = useState<string | null>(null);
  const claim = claims.find((one) => keyOf(one) === selected) ?? claims[0];
  const item = claim?.item ?? null;
  const { item: showItem } = useCommands(computeCommands, {
    item: item === null ? null : { run: () => void navigate({ to: '/checklist', search: { item } }) },
  });
  return (
    <WorkPage
      title="Claims"
      work={work}
      empty="The checklist asserts numbers: a Sharpe ratio, a drawdown, a win rate. Here they stand beside what the returns themselves give, with how sure that is. Start with a file of returns."
      inspector={answer && <ClaimInspector claim={claim} periods={answer.periods} showItem={showItem} />}
    >
      {answer && (
        <>
          <Summary answer={answer} />
          <ClaimList
            claims={claims}
            selected={claim ? keyOf(claim) : null}
            onSelect={(one) => setSelected(keyOf(one))}
          />
        </>
      )}
    </WorkPage>
  );
}

function Summary({ answer }: { answer: ClaimsView }) {
  return (
    <Panel title="Against the returns" aside={`${answer.from} to ${answer.to}`}>
      <PanelBody className="claims-summary">
        <ul className="claims-counts">
          {summaryOf(answer.claims).map(({ verdict, count }) => (
            <li key={verdict}>
              <Glyph kind={verdicts[verdict].kind} silent />
              <span className="mono">{count}</span> {verdicts[verdict].word}
            </li>
          ))}
        </ul>
        <p className="soft">
          {counted(answer.claims.length, 'number')} of the checklist, held against{' '}
          {counted(answer.periods, 'day')} of returns. A claim is proven only where its whole interval clears
          the bound.
        </p>
      </PanelBody>
    </Panel>
  );
}

function ClaimList({
  claims,
  selected,
  onSelect,
}: {
  claims: readonly Claim[];
  selected: string | null;
  onSelect: (claim: Claim) => void;
}) {
  const checked = claims.filter(({ verdict }) => verdict !== 'not-checked');
  const rest = claims.filter(({ verdict }) => verdict === 'not-checked');
  const row = (claim: Claim) => (
    <ClaimRow
      key={keyOf(claim)}
      claim={claim}
      selected={keyOf(claim) === selected}
      onSelect={() => onSelect(claim)}
    />
  );
  return (
    <Panel title="What the checklist asserts, and what the data give" aside={<IntervalLegend />}>
      <Rows>
        {checked.length === 0 && (
          <EmptyState>No number of the checklist is about anything that returns can tell.</EmptyState>
        )}
        {checked.map(row)}
        {rest.length > 0 && (
          <Folded title={`${counted(rest.length, 'number')} not checked: the data say nothing about them`}>
            {() => rest.map(row)}
          </Folded>
        )}
      </Rows>
    </Panel>
  );
}
