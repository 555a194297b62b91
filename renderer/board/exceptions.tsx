import { Link } from '@tanstack/react-router';
import type { Board } from '../../shared/contract/board.ts';
import type { Item } from '../../shared/contract/checklist.ts';
import { EmptyState, Glyph, Panel, PanelBody, Skeleton } from '../ui/index.ts';

const mostShown = 12;

/** Where a person decided against, or without, a measurement. Every signer sees these. */
export function Exceptions({ board }: { board: Board | undefined }) {
  const rows = board
    ? [
        ...board.blockers.map((item) => ({ item, why: `blocked: ${item.reason}`, by: item.by })),
        ...board.overrides.map((item) => ({
          item,
          why: `overridden: ${item.override?.reason ?? ''}`,
          by: item.override?.by ?? item.by,
        })),
        ...board.waivers.map((item) => ({ item, why: `waived: ${item.reason}`, by: item.by })),
      ]
    : [];
  return (
    <Panel title="Blockers, overrides and waivers" aside="shown to every signer">
      {!board && <Skeleton rows={3} height={47} />}
      {board && rows.length === 0 && (
        <EmptyState>Nothing is blocked, no gate is overridden, no item is waived.</EmptyState>
      )}
      <ul>
        {rows.slice(0, mostShown).map((row) => (
          <li key={row.item.id}>
            <Exception {...row} />
          </li>
        ))}
      </ul>
      {rows.length > mostShown && (
        <PanelBody>
          <p className="soft">
            {rows.length - mostShown} more.{' '}
            <Link to="/checklist" search={{ filter: 'blocked' }} className="link">
              Show what is blocked
            </Link>
          </p>
        </PanelBody>
      )}
    </Panel>
  );
}

function Exception({ item, why, by }: { item: Item; why: string; by: string }) {
  return (
    <Link to="/checklist" search={{ item: item.id }} className="row exception" data-row>
      <Glyph kind={item.status} />
      <span className="exception-words">
        <span className="ellipsis" title={item.title}>
          {item.title}
        </span>
        <span className="soft ellipsis" title={why}>
          {why}
        </span>
      </span>
      <span className="mute ellipsis">{by}</span>
    </Link>
  );
}
