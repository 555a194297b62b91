import { useMemo, useState } from 'react';
import type { CompareView, JobKind } from '../../../shared/contract/compute/index.ts';
import { Glyph, IntervalBar, IntervalLegend, Panel, PanelBody, Rows, Sentence } from '../../ui/index.ts';
import { ChartPanel, Legend } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { FigureInspector } from '../figures/figure-inspector.tsx';
import { formatFigure, formatInterval, formatShare, formatValue } from '../figures/format.ts';
import { verdicts } from '../figures/verdicts.ts';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { type Day, daysOf, formatGrowth, twoCurves } from './curves.ts';

const kinds: readonly JobKind[] = ['compare'];

/** Two configurations over one panel. Their difference is tested, not looked at. */
export function CompareScreen(place: Place) {
  const work = useWork(kinds, place);
  const answer = work.answer?.kind === 'compare' ? work.answer : null;
  const [selected, setSelected] = useState<string | null>(null);
  const figure = answer?.first.figures.find(({ name }) => name === selected) ?? answer?.difference;
  return (
    <WorkPage
      title="Compare"
      work={work}
      empty="Two configurations over the same panel, weekly against monthly say: whether they differ by more than chance gives."
      inspector={answer && <FigureInspector figure={figure} />}
    >
      {answer && (
        <>
          <Difference answer={answer} />
          <Curves answer={answer} />
          <Sides answer={answer} selected={selected} onSelect={setSelected} />
        </>
      )}
    </WorkPage>
  );
}

function Difference({
  answer: { first, second, difference, probability, correlation, judgement },
}: {
  answer: CompareView;
}) {
  const { kind, word, tone } = verdicts[judgement.verdict];
  return (
    <Panel
      title={`${first.name} less ${second.name}`}
      glyph={<Glyph kind={kind} word={word} />}
      aside={<IntervalLegend />}
    >
      <PanelBody>
        <div className="difference">
          <span>{difference.title}</span>
          <span>
            {difference.value !== null && (
              <IntervalBar
                of={{ bound: 0, estimate: difference.value, interval: difference.interval ?? undefined }}
                tone={tone}
                label={`difference ${formatFigure(difference)}, against 0`}
              />
            )}
          </span>
          <span className="mono">{formatFigure(difference)}</span>
        </div>
        <Sentence tone={tone}>{judgement.sentence}</Sentence>
        {probability !== null && (
          <p className="soft">
            {first.name} has the better ratio in {formatShare(probability)} of the resamples.
            {correlation !== null && ` Daily returns correlate by ${formatValue(correlation, 'ratio')}.`}
          </p>
        )}
      </PanelBody>
    </Panel>
  );
}

function Curves({ answer: { first, second } }: { answer: CompareView }) {
  const days = useMemo(() => daysOf(first.equity, second.equity), [first, second]);
  const option = useMemo(() => twoCurves(days, first.name, second.name), [days, first, second]);
  const last = days.at(-1);
  return (
    <ChartPanel
      title="Equity of both"
      aside={
        <Legend
          of={[
            { word: first.name, tone: 'running' },
            { word: second.name, tone: 'unproven' },
          ]}
        />
      }
      gist={
        last
          ? `By ${last.date}, ${first.name} has made ${formatGrowth(last.first)} and ${second.name} ${formatGrowth(last.second)}.`
          : 'No day was run.'
      }
      option={option}
      height={240}
      table={() => (
        <DataTable<Day>
          label="Equity of both by day"
          rows={days}
          keyOf={({ date }) => date}
          columns={[
            { title: 'date', cell: ({ date }) => <span className="mono">{date}</span> },
            { title: 'first', width: 130, end: true, cell: (day) => formatGrowth(day.first) },
            { title: 'second', width: 130, end: true, cell: (day) => formatGrowth(day.second) },
          ]}
        />
      )}
    />
  );
}

function Sides({
  answer: { first, second },
  selected,
  onSelect,
}: {
  answer: CompareView;
  selected: string | null;
  onSelect: (figure: string) => void;
}) {
  return (
    <Panel title="Figures of both" aside={`${first.name}, then ${second.name}`}>
      <Rows>
        {first.figures.map((figure) => {
          const other = second.figures.find(({ name }) => name === figure.name);
          return (
            <button
              key={figure.name}
              type="button"
              className="row figure-row compare-row"
              title={figure.convention}
              aria-pressed={figure.name === selected}
              onClick={() => onSelect(figure.name)}
              onFocus={() => onSelect(figure.name)}
              data-row
            >
              <span className="ellipsis">{figure.title}</span>
              <span className="mono figure-value">{formatValue(figure.value, figure.unit)}</span>
              <span className="mono soft figure-interval">{formatInterval(figure)}</span>
              <span className="mono figure-value">{other && formatValue(other.value, other.unit)}</span>
              <span className="mono soft figure-interval">{other && formatInterval(other)}</span>
            </button>
          );
        })}
      </Rows>
    </Panel>
  );
}
