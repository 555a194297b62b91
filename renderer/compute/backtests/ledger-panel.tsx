import { useQuery } from '@tanstack/react-query';
import type { BacktestView, TrialsView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { useService } from '../../app/index.ts';
import { Age, EmptyState, Panel, PanelBody } from '../../ui/index.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Folded } from '../figures/folded.tsx';
import { formatValue } from '../figures/format.ts';

/** Every try that was made: the best of many is good by luck alone. */
export function LedgerPanel({ answer }: { answer: BacktestView | null }) {
  const { queries } = useService();
  const { data: trials } = useQuery(queries.compute.trials.queryOptions());
  return (
    <Panel title="Trial ledger" aside="in the journal" className="compute-inspector">
      {answer && (
        <PanelBody>
          <p>{triesSentence(answer.trials)}</p>
        </PanelBody>
      )}
      {trials?.length === 0 && <EmptyState>No try was made yet. Each run is written down here.</EmptyState>}
      {trials?.map((one) => (
        <Folded key={one.panel} title={`${counted(one.count, 'try', 'tries')} over ${one.panelName}`}>
          {() => <Tries trials={one} />}
        </Folded>
      ))}
    </Panel>
  );
}

function triesSentence({ count, deviation }: BacktestView['trials']): string {
  if (count < 2 || deviation === null)
    return 'The first try over this panel: there is nothing to deflate by yet.';
  return `Held against ${counted(count, 'try', 'tries')} over this panel, whose Sharpe ratios spread by ${formatValue(deviation, 'ratio')}.`;
}

function Tries({ trials }: { trials: TrialsView }) {
  return (
    <DataTable
      label={`Tries over ${trials.panelName}`}
      rows={trials.newest}
      keyOf={({ digest, at }) => `${digest} ${at}`}
      columns={[
        { title: 'try', cell: ({ title, by }) => <span title={`${title}, by ${by}`}>{title}</span> },
        {
          title: 'Sharpe',
          width: 72,
          end: true,
          cell: ({ sharpe }) => (sharpe === null ? 'none' : formatValue(sharpe, 'ratio')),
        },
        { title: 'age', width: 52, end: true, cell: ({ at }) => <Age at={at} /> },
      ]}
    />
  );
}
