import type { Histogram } from '../../../shared/contract/compute/index.ts';
import { DataTable } from '../figures/data-table.tsx';
import { formatNumber } from '../figures/format.ts';

/** A histogram in figures. */
export function HistogramTable({ label, histogram }: { label: string; histogram: Histogram }) {
  const { edges, counts } = histogram;
  return (
    <DataTable
      label={label}
      rows={counts.map((count, bar) => ({ from: edges[bar] ?? 0, to: edges[bar + 1] ?? 0, count }))}
      keyOf={({ from }) => String(from)}
      columns={[
        { title: 'from', cell: ({ from }) => <span className="mono">{formatNumber(from)}</span> },
        { title: 'to', width: 100, end: true, cell: ({ to }) => formatNumber(to) },
        { title: 'count', width: 80, end: true, cell: ({ count }) => formatNumber(count) },
      ]}
    />
  );
}
