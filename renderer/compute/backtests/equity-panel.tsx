import { useMemo } from 'react';
import type { BacktestView } from '../../../shared/contract/compute/index.ts';
import { ChartPanel, Legend } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { formatShare, formatValue } from '../figures/format.ts';
import { equityOption } from './charts.ts';
import { equityGist } from './gists.ts';

/** What became of the money, day by day, and how deep it fell. */
export function EquityPanel({ answer }: { answer: BacktestView }) {
  const option = useMemo(() => equityOption(answer), [answer]);
  return (
    <ChartPanel
      title="Equity and drawdown"
      aside={
        <Legend
          of={[
            { word: answer.band.length > 0 ? 'equity, with its 95 % band' : 'equity', tone: 'running' },
            { word: 'drawdown', tone: 'fail' },
          ]}
        />
      }
      gist={equityGist(answer)}
      option={option}
      height={300}
      table={() => (
        <DataTable
          label="Equity and drawdown by day"
          rows={answer.equity.map((point, index) => ({ ...point, range: answer.band[index] }))}
          keyOf={({ date }) => date}
          columns={[
            { title: 'date', cell: ({ date }) => <span className="mono">{date}</span> },
            { title: 'equity', width: 120, end: true, cell: ({ value }) => formatValue(value, 'money') },
            {
              title: '95 % band',
              width: 210,
              end: true,
              cell: ({ range }) =>
                range ? `${formatValue(range.low, 'money')} to ${formatValue(range.high, 'money')}` : '',
            },
            { title: 'drawdown', width: 100, end: true, cell: ({ drawdown }) => formatShare(drawdown) },
          ]}
        />
      )}
    />
  );
}
