import { useState } from 'react';
import type { BacktestView, JobKind } from '../../../shared/contract/compute/index.ts';
import { Glyph, Panel } from '../../ui/index.ts';
import { FigureInspector } from '../figures/figure-inspector.tsx';
import { FigureList } from '../figures/figure-list.tsx';
import { formatValue } from '../figures/format.ts';
import { Judgements } from '../figures/judgements.tsx';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { HoldingsPanel, LagPanel, TurnoverPanel } from './money-panels.tsx';
import { MonthlyTable } from './monthly-table.tsx';

const kinds: readonly JobKind[] = ['backtest'];

/** Runs over past prices: what they give, what that is worth, and what gives it away. */
export function BacktestsScreen(place: Place) {
  const work = useWork(kinds, place);
  const answer = work.answer?.kind === 'backtest' ? work.answer : null;
  const [selected, setSelected] = useState<string | null>(null);
  const all = [...(answer?.figures ?? []), ...(answer?.validity ?? [])];
  const figure = all.find(({ name }) => name === selected) ?? all[0];
  return (
    <WorkPage
      title="Backtests"
      work={work}
      empty="A backtest runs the scores of a panel through prices and costs. Each figure has its convention and, where it is an estimate, an interval; each run counts as a try."
      inspector={
        <>
          {answer && <FigureInspector figure={figure} />}
          <LedgerPanel answer={answer} />
        </>
      }
    >
      {answer && <Run answer={answer} selected={figure?.name ?? null} onSelect={setSelected} />}
    </WorkPage>
  );
}

function Run({
  answer,
  selected,
  onSelect,
}: {
  answer: BacktestView;
  selected: string | null;
  onSelect: (figure: string) => void;
}) {
  const { defects, probes } = answer;
  const figures = [...answer.figures, ...answer.validity];
  return (
    <>
      {defects.length > 0 && (
        <Panel
          title="Another engine, with what it does wrong"
          tone="unproven"
          aside="its figures are not ours"
        >
          <ul>
            {defects.map((defect) => (
              <li key={defect} className="judgement">
                <Glyph kind="fail" word="defect" />
                <span className="break">{defect}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Judgements
        title="Against the rules"
        judgements={answer.judgements}
        figures={figures}
        empty="The checklist has no rule about any of these figures."
      />
      <EquityPanel answer={answer} />
      <div className="compute-halves">
        <FigureList
          title="Figures"
          aside={`${answer.trades.toLocaleString('en')} trades · ends with ${formatValue(answer.finalValue, 'money')}`}
          figures={answer.figures}
          selected={selected}
          onSelect={onSelect}
        />
        <FigureList
          title="What the Sharpe ratio is worth"
          figures={answer.validity}
          selected={selected}
          onSelect={onSelect}
        />
      </div>
      <MonthlyTable months={answer.months} />
      {probes && (
        <>
          <Judgements
            title="Leakage probes"
            judgements={probes.findings}
            empty="No probe could be run on this panel."
          />
          <LagPanel lags={probes.lags} />
        </>
      )}
      <TurnoverPanel answer={answer} />
      <HoldingsPanel holdings={answer.holdings} />
    </>
  );
}
