import { useQuery } from '@tanstack/react-query';
import { formatBytes } from '../../../shared/units.ts';
import { useService } from '../../app/index.ts';
import { EmptyState, Panel } from '../../ui/index.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Folded } from '../figures/folded.tsx';
import { roleWords } from '../work/role-words.ts';

/** What the pack has to ask about, by what the beginning of each file shows. */
export function FilesPanel() {
  const { queries } = useService();
  const { data: files } = useQuery(queries.compute.files.queryOptions());
  return (
    <Panel title="Files of the pack" aside={files && String(files.length)} className="compute-inspector">
      {files?.length === 0 && (
        <EmptyState>The pack has no data, models or configurations. Any other file can be named.</EmptyState>
      )}
      {files && files.length > 0 && (
        <Folded title="Every file" about="of the pack">
          {() => (
            <DataTable
              label="Files of the pack"
              rows={files}
              keyOf={({ path }) => path}
              columns={[
                {
                  title: 'file',
                  cell: ({ path }) => (
                    <span className="mono" title={path}>
                      {path}
                    </span>
                  ),
                },
                {
                  title: 'is a',
                  width: 92,
                  cell: ({ role }) => <span title={roleWords[role]}>{roleWords[role]}</span>,
                },
                { title: 'size', width: 70, end: true, cell: ({ bytes }) => formatBytes(bytes) },
              ]}
            />
          )}
        </Folded>
      )}
    </Panel>
  );
}
