import type { JobKind, SweepView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { Banner, Glyph, Panel } from '../../ui/index.ts';
import { type Column, DataTable } from '../figures/data-table.tsx';
import { formatValue } from '../figures/format.ts';
import { type Place, useWork } from '../work/use-work.ts';
import { WorkPage } from '../work/work-page.tsx';
import { BestPanel } from './best-panel.tsx';
import { measures, type Point, problemsOf } from './heat.ts';
import { HeatMap } from './heat-map.tsx';

const kinds: readonly JobKind[] = ['sweep'];

/** A grid of configurations, and how much of its best is luck. */
export function SweepScreen(place: Place) {
  const work = useWork(kinds, place);
  const answer = work.answer?.kind === 'sweep' ? work.answer : null;
  return (
    <WorkPage
      title="Sweep"
      work={work}
      empty="A grid of configurations over one panel, on the cores of this machine or on a cluster with Slurm. The best of many is good by luck: how much of it is, is said beside it."
      inspector={answer && <BestPanel sweep={answer} />}
    >
      {answer && (
        <>
          {answer.stopped && (
            <Banner tone="unproven" glyph={<Glyph kind="left-out" silent />}>
              {answer.stopped}
            </Banner>
          )}
          {/* Another grid has other axes to choose from. */}
          <HeatMap key={answer.axes.map(({ name }) => name).join()} sweep={answer} />
          <Points sweep={answer} />
        </>
      )}
    </WorkPage>
  );
}

function Points({ sweep: { axes, points } }: { sweep: SweepView }) {
  const figure = (title: string, measure: keyof typeof measures): Column<Point> => ({
    title,
    width: 78,
    end: true,
    cell: (point) => (point[measure] === null ? 'none' : formatValue(point[measure], measures[measure].unit)),
  });
  const sorted = [...points].sort(
    (a, b) => (b.sharpe ?? Number.NEGATIVE_INFINITY) - (a.sharpe ?? Number.NEGATIVE_INFINITY),
  );
  return (
    <Panel title="Points" aside="best first">
      <DataTable
        label="Points, best first"
        rows={sorted}
        keyOf={({ at }) => at.join(' ')}
        columns={[
          ...axes.map(
            ({ name, values }, axis): Column<Point> => ({
              title: name,
              width: axis === 0 ? undefined : 92,
              cell: ({ at }) => <span className="mono">{values[at[axis] ?? -1]}</span>,
            }),
          ),
          figure('Sharpe', 'sharpe'),
          figure('deflated', 'deflatedSharpe'),
          figure('return', 'annualisedReturn'),
          figure('drawdown', 'maxDrawdown'),
          figure('turnover', 'turnover'),
          figure('costs', 'costShare'),
        ]}
      />
      <ul>
        {problemsOf(points).map(({ problem, count }) => (
          <li key={problem} className="judgement">
            <Glyph kind="failed" word="could not be run" />
            <span className="break">
              {counted(count, 'point')}: {problem}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
