import { useMemo } from 'react';
import type { InferView } from '../../../shared/contract/compute/index.ts';
import { formatBytes } from '../../../shared/units.ts';
import { Facts, Panel, PanelBody } from '../../ui/index.ts';
import { ChartPanel } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { latencyOption } from './charts.ts';
import { HistogramTable } from './histogram-table.tsx';
import { latencyGist, milliseconds, percentiles, percentileWords, steadyWords } from './latency-words.ts';

type Bench = NonNullable<InferView['bench']>;

/** How fast it is: cold apart from warm, and only the percentiles that there are samples for. */
export function LatencyPanels({ bench }: { bench: Bench }) {
  const { cold, warm, concurrency } = bench;
  return (
    <>
      <Histogram bench={bench} />
      <div className="compute-halves">
        <Panel title="Latency" aside={`batches of ${bench.batch.toLocaleString('en')} codes`}>
          <PanelBody>
            <Facts
              facts={[
                ...percentiles.map((name) => ({ label: name, value: percentileWords(warm, name) })),
                { label: 'mean', value: milliseconds(warm.meanMs) },
                { label: 'steady', value: steadyWords(warm.steady) },
                {
                  label: 'cold',
                  value: `${milliseconds(cold.createMs)} to open, ${milliseconds(cold.firstRunMs)} the first run`,
                },
                { label: 'memory', value: formatBytes(bench.memoryBytes) },
              ]}
            />
          </PanelBody>
        </Panel>
        <Panel title="Runs at the same time">
          <DataTable
            label="Runs at the same time"
            rows={concurrency}
            keyOf={({ runs }) => String(runs)}
            columns={[
              { title: 'at once', cell: ({ runs }) => <span className="mono">{runs}</span> },
              {
                title: 'codes a second',
                width: 120,
                end: true,
                cell: ({ codesPerSecond }) => Math.round(codesPerSecond).toLocaleString('en'),
              },
              {
                title: 'p50',
                width: 110,
                end: true,
                cell: ({ p50 }) => (p50 === null ? 'too few runs' : milliseconds(p50)),
              },
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

function Histogram({ bench: { warm } }: { bench: Bench }) {
  const { histogram } = warm;
  const option = useMemo(
    () =>
      histogram &&
      latencyOption(
        histogram,
        percentiles.flatMap((word) => (warm[word] === null ? [] : [{ word, ms: warm[word] }])),
      ),
    [histogram, warm],
  );
  if (!histogram || !option) return null;
  return (
    <ChartPanel
      title="Latency of warm runs"
      gist={latencyGist(warm)}
      option={option}
      table={() => <HistogramTable label="Latency of warm runs, ms" histogram={histogram} />}
    />
  );
}
