import { useQuery } from '@tanstack/react-query';
import { useService } from '../app/index.ts';
import { formatMoment, KeyCap, ModeBadge, Panel, Rows, useNow } from '../ui/index.ts';
import type { Asked } from './asked.ts';

/** What was opened before, newest first. */
export function Recent({ onOpen }: { onOpen: (asked: Asked) => void }) {
  const { queries } = useService();
  const now = useNow(60);
  const { data: recent } = useQuery(queries.pack.recent.queryOptions());
  if (!recent || recent.length === 0) return null;
  return (
    <Panel title="Opened before">
      <Rows>
        {recent.map(({ folder, system, version, mode, openedAt, there, problem }) => (
          <button
            key={`${folder} ${mode}`}
            type="button"
            className="row recent"
            aria-disabled={!there || undefined}
            onClick={() => there && onOpen({ folder, mode })}
            data-row
          >
            <span className="ellipsis">
              <span className="strong">{system}</span> <span className="mono soft">{version}</span>
            </span>
            <span className="mono soft ellipsis" title={folder}>
              {there ? folder : `not there any more: ${folder}`}
            </span>
            <ModeBadge mode={mode} />
            <span className="mono mute recent-at">{formatMoment(new Date(openedAt), new Date(now))}</span>
            {there ? <KeyCap keys="Enter" /> : <span />}
            {problem && (
              <span className="recent-problem tone-fail break">
                It was open, and could not be opened again: {problem} Its runs wait until it is open.
              </span>
            )}
          </button>
        ))}
      </Rows>
    </Panel>
  );
}
