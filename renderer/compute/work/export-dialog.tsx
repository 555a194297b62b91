import { useState } from 'react';
import type { Job } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { useAction, useLaunch, useService } from '../../app/index.ts';
import { Choice, Dialog, TextField } from '../../ui/index.ts';

type Format = 'csv' | 'json' | 'parquet';

/** Writes the tables of an answer where somebody else can read them. */
export function ExportDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { client } = useService();
  const { folder } = useLaunch();
  const [path, setPath] = useState(`${folder}-${job.question.kind}-${job.id.slice(0, 8)}`);
  const [format, setFormat] = useState<Format>('csv');
  const [written, setWritten] = useState<string[] | null>(null);
  const write = useAction(() => client.compute.export({ id: job.id, path, format }), {
    onDone: ({ files }) => setWritten(files),
  });
  return (
    <Dialog
      title="Export the tables"
      onClose={onClose}
      problem={write.problem}
      leave={written ? 'Close' : 'Cancel'}
      confirm={
        written
          ? undefined
          : {
              label: 'Write them',
              onPress: () => write.run(undefined),
              busy: write.busy,
              why: path.trim() ? null : 'Name the folder first.',
            }
      }
    >
      {written ? (
        <>
          <p>{counted(written.length, 'file')} written:</p>
          <ul>
            {written.map((file) => (
              <li key={file} className="mono break">
                {file}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p className="soft">Every table of “{job.title}”, into a folder that is not there yet.</p>
          <TextField label="New folder" value={path} onChange={setPath} mono autoFocus />
          <Choice<Format>
            label="Format"
            value={format}
            onChange={setFormat}
            across
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'json', label: 'JSON' },
              { value: 'parquet', label: 'Parquet' },
            ]}
          />
        </>
      )}
    </Dialog>
  );
}
