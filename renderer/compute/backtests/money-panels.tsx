import { useMemo } from 'react';
import type { BacktestView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { Panel } from '../../ui/index.ts';
import { ChartPanel, Legend } from '../charts/chart-panel.tsx';
import { DataTable } from '../figures/data-table.tsx';
import { Folded } from '../figures/folded.tsx';
import { formatShare, formatValue } from '../figures/format.ts';
import { lagOption, turnoverOption } from './charts.ts';
import { lagGist, turnoverGist } from './gists.ts';

/** What was traded at each rebalance, and what that cost. */
export function TurnoverPanel({ answer }: { answer: BacktestView }) {
  const { rebalances } = answer;
  const option = useMemo(() => turnoverOption(rebalances), [rebalances]);
  return (
    <ChartPanel
      title="Turnover and cost"
      aside={
        <Legend
          of={[
            { word: 'turnover', tone: 'claimed' },
            { word: 'cost', tone: 'unproven' },
          ]}
        />
      }
      gist={turnoverGist(answer)}
      option={option}
      table={() => (
        <DataTable
          label="Rebalances"
          rows={rebalances}
          keyOf={({ date }) => date}
          columns={[
            { title: 'date', cell: ({ date }) => <span className="mono">{date}</span> },
            { title: 'names', width: 70, end: true, cell: ({ names }) => names },
            { title: 'turnover', width: 90, end: true, cell: ({ turnover }) => formatShare(turnover) },
            { title: 'cost', width: 100, end: true, cell: ({ cost }) => formatValue(cost, 'money') },
            { title: 'cash', width: 110, end: true, cell: ({ cash }) => formatValue(cash, 'money') },
          ]}
        />
      )}
    />
  );
}

/** Whether what is earned survives a fill that comes later. */
export function LagPanel({ lags }: { lags: NonNullable<BacktestView['probes']>['lags'] }) {
  const option = useMemo(() => lagOption(lags), [lags]);
  return (
    <ChartPanel
      title="Sharpe ratio by fill lag"
      aside="95 % band"
      gist={lagGist(lags)}
      option={option}
      height={170}
      table={() => (
        <DataTable
          label="Sharpe ratio by fill lag"
          rows={lags}
          keyOf={({ lag }) => String(lag)}
          columns={[
            { title: 'filled', cell: ({ lag }) => (lag === 0 ? 'as set' : `${counted(lag, 'day')} later`) },
            { title: 'Sharpe', width: 90, end: true, cell: ({ sharpe }) => formatValue(sharpe, 'ratio') },
            {
              title: '95 %',
              width: 140,
              end: true,
              cell: ({ low, high }) => `[${formatValue(low, 'ratio')}, ${formatValue(high, 'ratio')}]`,
            },
          ]}
        />
      )}
    />
  );
}

/** What it holds at the end. */
export function HoldingsPanel({ holdings }: { holdings: BacktestView['holdings'] }) {
  const all = holdings.reduce((sum, { value }) => sum + value, 0);
  return (
    <Panel
      title="Held at the end"
      aside={`${counted(holdings.length, 'name')} · ${formatValue(all, 'money')}`}
    >
      <Folded title="Every name" about="held at the end">
        {() => (
          <DataTable
            label="Held at the end"
            rows={[...holdings].sort((a, b) => b.value - a.value)}
            keyOf={({ code }) => code}
            columns={[
              { title: 'code', cell: ({ code }) => <span className="mono">{code}</span> },
              { title: 'shares', width: 100, end: true, cell: ({ shares }) => formatValue(shares, 'count') },
              { title: 'price', width: 100, end: true, cell: ({ price }) => formatValue(price, 'count') },
              { title: 'value', width: 110, end: true, cell: ({ value }) => formatValue(value, 'money') },
              {
                title: 'weight',
                width: 80,
                end: true,
                cell: ({ value }) => formatShare(all > 0 ? value / all : 0),
              },
            ]}
          />
        )}
      </Folded>
    </Panel>
  );
}
