import { useMemo, useState } from 'react';
import type { InferView } from '../../../shared/contract/compute/index.ts';
import { formatBytes } from '../../../shared/units.ts';
import { Banner, EmptyState, Facts, Glyph, Panel, PanelBody, Select } from '../../ui/index.ts';
import { ChartPanel, Legend } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { formatIndex, formatNumber, formatShare } from '../figures/format.ts';
import { distributionOption, precisionOption, reliabilityOption } from './charts.ts';
import { HistogramTable } from './histogram-table.tsx';
import { LatencyPanels } from './latency.tsx';

/** What a model gives over the last dates, and how fast. */
export function Infer({ answer }: { answer: InferView }) {
  const { golden, bench, labels } = answer;
  return (
    <>
      {golden && (
        <Banner
          tone={golden.ok ? 'pass' : 'fail'}
          glyph={<Glyph kind={golden.ok ? 'pass' : 'fail'} word={golden.verdict} />}
        >
          <span className="strong">Golden sample: {golden.verdict}.</span> {golden.sentence}
        </Banner>
      )}
      <Ranked answer={answer} />
      {labels && <Reliability calibration={labels.calibration} />}
      {bench && <LatencyPanels bench={bench} />}
    </>
  );
}

function Ranked({ answer: { dates, ranked, labels } }: { answer: InferView }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const day = dates.find(({ date }) => date === chosen) ?? dates.at(-1);
  const distribution = day?.distribution;
  const option = useMemo(() => distribution && distributionOption(distribution), [distribution]);
  if (!day || !option || !distribution) {
    return (
      <Banner tone="fail" glyph={<Glyph kind="error" />}>
        No date of the data has a whole window, so nothing was scored.
      </Banner>
    );
  }
  return (
    <div className="compute-halves">
      <Panel title={`Ranked by ${ranked}`} aside={`${day.codes.toLocaleString('en')} codes`}>
        <PanelBody>
          <Select
            label="Date"
            value={day.date}
            onChange={setChosen}
            options={dates.toReversed().map(({ date }) => ({ value: date, label: date }))}
          />
          <p className="soft">
            Left out: {day.short.toLocaleString('en')} with too few rows, {day.missing.toLocaleString('en')}{' '}
            with missing values.
          </p>
        </PanelBody>
        <DataTable
          label={`First of ${day.date}`}
          rows={day.first.map((one, index) => ({ ...one, rank: index + 1 }))}
          keyOf={({ code }) => code}
          columns={[
            { title: 'rank', width: 56, cell: ({ rank }) => <span className="mono">{rank}</span> },
            { title: 'code', cell: ({ code }) => <span className="mono">{code}</span> },
            { title: 'score', width: 96, end: true, cell: ({ score }) => formatIndex(score) },
          ]}
        />
      </Panel>
      <div className="compute-stack">
        <ChartPanel
          title="Scores of the date"
          gist={reachGist(day)}
          option={option}
          table={() => <HistogramTable label="Scores of the date" histogram={distribution} />}
        />
        {labels && <Precision labels={labels} />}
      </div>
    </div>
  );
}

function reachGist({ date, distribution: { edges } }: InferView['dates'][number]): string {
  const [low, high] = [edges[0], edges.at(-1)];
  if (low === undefined || high === undefined) return `On ${date} no score is a number.`;
  return `On ${date} scores reach from ${formatNumber(low)} to ${formatNumber(high)}.`;
}

type Labels = NonNullable<InferView['labels']>;

function Precision({ labels: { name, precision } }: { labels: Labels }) {
  const option = useMemo(() => precisionOption(precision), [precision]);
  const [first] = precision;
  if (!first) {
    return (
      <Panel title="P@K by day">
        <EmptyState>
          On none of these dates has a code both a score and a value of {name}. Score dates whose outcome is
          known.
        </EmptyState>
      </Panel>
    );
  }
  const mean = (of: (day: Labels['precision'][number]) => number) =>
    formatShare(precision.reduce((sum, day) => sum + of(day), 0) / precision.length);
  const above = precision.filter((day) => day.precision > day.base).length;
  return (
    <ChartPanel
      title={`P@${first.k} by day`}
      aside={
        <Legend
          of={[
            { word: 'P@K', tone: 'running' },
            { word: 'base rate', tone: 'unproven' },
          ]}
        />
      }
      gist={`On average ${mean((day) => day.precision)} of the first ${first.k} had ${name} above 0, where chance gives ${mean(({ base }) => base)}; above it on ${above} of ${precision.length} days.`}
      option={option}
      table={() => (
        <DataTable
          label="P@K by day"
          rows={precision}
          keyOf={({ date }) => date}
          columns={[
            { title: 'date', cell: ({ date }) => <span className="mono">{date}</span> },
            { title: 'P@K', width: 90, end: true, cell: (day) => formatShare(day.precision) },
            { title: 'base', width: 90, end: true, cell: ({ base }) => formatShare(base) },
          ]}
        />
      )}
    />
  );
}

function Reliability({ calibration }: { calibration: Labels['calibration'] }) {
  if (calibration) return <ReliabilityChart calibration={calibration} />;
  return (
    <Panel title="Reliability">
      <EmptyState>
        Not told: only scores from 0 to 1 can be read as the probability of a hit, and only where labels are
        known.
      </EmptyState>
    </Panel>
  );
}

function ReliabilityChart({ calibration }: { calibration: NonNullable<Labels['calibration']> }) {
  const option = useMemo(() => reliabilityOption(calibration), [calibration]);
  return (
    <ChartPanel
      title="Reliability"
      aside={
        <Legend
          of={[
            { word: 'observed, with its 95 % band', tone: 'running' },
            { word: 'if calibrated', tone: 'claimed' },
          ]}
        />
      }
      gist={`What was observed lies ${formatShare(calibration.ece)} off what was predicted, on average (ECE, ${calibration.bins.length} bins).`}
      option={option}
      height={230}
      table={() => (
        <DataTable
          label="Reliability"
          rows={calibration.bins}
          keyOf={({ predicted }) => String(predicted)}
          columns={[
            {
              title: 'predicted',
              cell: ({ predicted }) => <span className="mono">{formatShare(predicted)}</span>,
            },
            { title: 'observed', width: 90, end: true, cell: ({ observed }) => formatShare(observed) },
            {
              title: '95 %',
              width: 150,
              end: true,
              cell: (bin) => `${formatShare(bin.low)} to ${formatShare(bin.high)}`,
            },
            { title: 'count', width: 70, end: true, cell: ({ count }) => count },
          ]}
        />
      )}
    />
  );
}

/** What it ran on: asked for by name, and looked up node by node afterwards. */
export function RunFacts({ answer }: { answer: InferView }) {
  const { window, nodes, labels } = answer;
  return (
    <Panel title="How it ran" className="compute-inspector">
      <PanelBody>
        <Facts
          facts={[
            { label: 'model', value: answer.model.name },
            { label: 'sha-256', value: answer.model.sha256.slice(0, 16) },
            { label: 'provider', value: answer.provider },
            ...nodes.map((one) => ({ label: 'nodes', value: `${one.nodes} on ${one.provider}` })),
            { label: 'runtime', value: answer.runtime },
            {
              label: 'window',
              value: `${window.lookback} × ${window.features}, ${formatBytes(window.bytes)}`,
            },
            { label: 'features', value: featuresWords[window.featuresFrom] },
            ...(labels ? [{ label: 'label', value: labels.name }] : []),
          ]}
        />
      </PanelBody>
    </Panel>
  );
}

const featuresWords: Record<InferView['window']['featuresFrom'], string> = {
  list: 'as the list names them',
  model: 'as the model names them',
  data: 'all columns of the data',
};
