import type { Cell } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import { Glyph, useNow } from '../ui/index.ts';
import { cellGlyphs, explainState } from './words.ts';

/** State and duration of a step on a host. `holds`: the run waits there for a person. */
export function CellContent({ cell, holds }: { cell: Cell; holds: boolean }) {
  const { kind, word } = holds ? { kind: 'hold' as const, word: 'holds' } : cellGlyphs[cell.state];
  const said = [word, cell.outcome, explainState(cell.state)].filter(Boolean).join('. ');
  return (
    <>
      <Glyph kind={kind} word={said} />
      <span className="mono ellipsis">
        {cell.state === 'running' && cell.startedAt ? (
          <Running since={cell.startedAt} />
        ) : cell.startedAt && cell.endedAt ? (
          shortDuration(Date.parse(cell.endedAt) - Date.parse(cell.startedAt))
        ) : (
          ''
        )}
      </span>
    </>
  );
}

function Running({ since }: { since: string }) {
  const now = useNow(1);
  return <>{shortDuration(Math.max(0, now - Date.parse(since)))}</>;
}

/** The first part of a duration, for a narrow cell. */
function shortDuration(ms: number): string {
  return formatDuration(ms).split(' ').slice(0, 2).join(' ');
}
