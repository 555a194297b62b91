import { useMemo } from 'react';
import type { ShadowView } from '../../../shared/contract/compute/index.ts';
import { Banner, Glyph, Panel } from '../../ui/index.ts';
import { ChartPanel, Legend } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { formatShare, formatValue } from '../figures/format.ts';
import { shadowOption, twoDistributionsOption } from './charts.ts';
import { HistogramTable } from './histogram-table.tsx';

/** Two models over the same data: how differently they rank. */
export function Shadow({ answer }: { answer: ShadowView }) {
  const { days, distributions, disagreements, top, champion, challenger } = answer;
  const option = useMemo(() => shadowOption(days), [days]);
  const both = useMemo(() => twoDistributionsOption(distributions), [distributions]);
  const mean = (of: (day: (typeof days)[number]) => number | null) => {
    const known = days.flatMap((day) => of(day) ?? []);
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  };
  return (
    <>
      <Banner tone="claimed" glyph={<Glyph kind="active" silent />}>
        <span className="strong">
          {challenger.name} beside {champion.name}.
        </span>{' '}
        {answer.sentence}
      </Banner>
      <ChartPanel
        title="Agreement by day"
        aside={
          <Legend
            of={[
              { word: 'rank correlation', tone: 'running' },
              { word: `overlap of the first ${top}`, tone: 'unproven' },
            ]}
          />
        }
        gist={`Over ${days.length} days the ranks correlate by ${formatValue(
          mean(({ rankCorrelation }) => rankCorrelation),
          'ratio',
        )}, and of the first ${top} names ${formatShare(mean(({ overlap }) => overlap) ?? 0)} are the same.`}
        option={option}
        table={() => (
          <DataTable
            label="Agreement by day"
            rows={days}
            keyOf={({ date }) => date}
            columns={[
              { title: 'date', cell: ({ date }) => <span className="mono">{date}</span> },
              { title: 'codes', width: 80, end: true, cell: ({ codes }) => codes.toLocaleString('en') },
              {
                title: 'correlation',
                width: 100,
                end: true,
                cell: ({ rankCorrelation }) => formatValue(rankCorrelation, 'probability'),
              },
              { title: 'overlap', width: 90, end: true, cell: ({ overlap }) => formatShare(overlap) },
            ]}
          />
        )}
      />
      <ChartPanel
        title="Scores of both"
        aside={
          <Legend
            of={[
              { word: champion.name, tone: 'running' },
              { word: challenger.name, tone: 'unproven' },
            ]}
          />
        }
        gist="Share of the scores in each bin: ranks do not show it when one model is narrower or lies higher."
        option={both}
        table={() => (
          <>
            <HistogramTable label="Scores of the champion" histogram={distributions.champion} />
            <HistogramTable label="Scores of the challenger" histogram={distributions.challenger} />
          </>
        )}
      />
      <Panel title="Where they disagree most" aside="places apart, as a share of all codes">
        <DataTable
          label="Where they disagree most"
          rows={disagreements}
          keyOf={({ code }) => code}
          columns={[
            { title: 'code', cell: ({ code }) => <span className="mono">{code}</span> },
            { title: 'days', width: 70, end: true, cell: ({ days: seen }) => String(seen) },
            { title: 'apart', width: 80, end: true, cell: ({ move }) => formatShare(move) },
            {
              title: 'ranked higher by',
              width: 130,
              cell: ({ shift }) => (shift > 0 ? 'challenger' : shift < 0 ? 'champion' : 'neither'),
            },
            {
              title: `first ${top}: champion only`,
              width: 150,
              end: true,
              cell: ({ onlyChampion }) => `${onlyChampion} d`,
            },
            {
              title: 'challenger only',
              width: 120,
              end: true,
              cell: ({ onlyChallenger }) => `${onlyChallenger} d`,
            },
          ]}
        />
      </Panel>
    </>
  );
}
