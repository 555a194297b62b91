import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Pin, TimelineRow } from '../../shared/contract/journal.ts';
import { type BoundCommand, CommandButton, placeOf, sentenceOf, useService } from '../app/index.ts';
import {
  CodeBlock,
  Facts,
  formatSecond,
  formatWall,
  Panel,
  PanelBody,
  ScrollArea,
  Sentence,
} from '../ui/index.ts';

/** One entry as it is kept: what happened, its raw text, its hash, and the thing it speaks of. */
export function EntryInspector({
  row,
  pin,
  commands,
}: {
  row: TimelineRow | null;
  pin: Pin | undefined;
  commands: { pin?: BoundCommand; unpin?: BoundCommand };
}) {
  const { queries } = useService();
  const { data, error } = useQuery({
    ...queries.journal.entry.queryOptions({ input: { device: row?.device ?? '', seq: row?.seq ?? 0 } }),
    enabled: row !== null,
  });
  if (!row) {
    return (
      <Panel title="Selected entry" fills className="entry-inspector">
        <PanelBody>
          <p className="soft">Nothing is selected.</p>
        </PanelBody>
      </Panel>
    );
  }
  const at = new Date(row.at);
  return (
    <Panel
      title={`Entry ${row.seq}`}
      aside={<span className="mono">{row.kind}</span>}
      fills
      className="entry-inspector"
    >
      <ScrollArea label="The entry" className="panel-scroll">
        <p className="break">{row.text}</p>
        {row.link && (
          <p>
            <Link {...placeOf(row.link)} className="link">
              {
                {
                  item: 'Show the item',
                  role: 'Show the role',
                  run: 'Show the run',
                  review: 'Show the reviews',
                  settings: 'Show the settings',
                }[row.link.to]
              }
            </Link>
          </p>
        )}
        {pin?.note && <p className="entry-note break">{pin.note}</p>}
        {pin && <p className="soft">Pinned by {pin.by || 'nobody'}.</p>}
        <div className="entry-actions">
          <CommandButton command={commands.pin}>{pin ? 'Retell it…' : 'Pin and retell…'}</CommandButton>
          {pin && <CommandButton command={commands.unpin} />}
        </div>
        <Facts
          facts={[
            { label: 'at', value: `${formatWall(at)}, ${formatSecond(at)}` },
            { label: 'by', value: row.author || 'nobody' },
            { label: 'device', value: row.device },
            { label: 'hash', value: row.hash },
          ]}
        />
        {error && <Sentence tone="fail">{sentenceOf(error)}</Sentence>}
        {data && <CodeBlock text={pretty(data.json)} label="The raw entry" />}
      </ScrollArea>
    </Panel>
  );
}

/** Spread over lines where it is JSON, which an entry always should be; as it is where it is not. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
