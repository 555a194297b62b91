import { Link } from '@tanstack/react-router';
import type { Item } from '../../shared/contract/checklist.ts';
import { useAction, useService } from '../app/index.ts';
import { EmptyState, Glyph, type GlyphKind, Panel, type Segment, Segments, Skeleton } from '../ui/index.ts';

const answers: readonly Segment<'yes' | 'no'>[] = [
  { value: 'no', label: 'does not hold', tone: 'pass' },
  { value: 'yes', label: 'holds', tone: 'fail' },
];

/** Questions of which not one may be answered with yes. */
export function NoGoCriteria({ items }: { items: readonly Item[] | undefined }) {
  const { client } = useService();
  const answer = useAction(
    ({ item, holds }: { item: string; holds: boolean | null }) => client.checklist.answer({ item, holds }),
    { failure: 'The criterion was not answered' },
  );
  const holding = items?.filter(({ holds }) => holds === true).length ?? 0;
  const silent = items?.filter(({ holds, gate }) => holds === null && !gate).length ?? 0;
  return (
    <Panel
      title="No-go criteria · any one blocks"
      aside={items && `${holding} of ${items.length} hold${silent > 0 ? ` · ${silent} unanswered` : ''}`}
    >
      {!items && <Skeleton rows={5} height={31} />}
      {items?.length === 0 && <EmptyState>The pack names no no-go criteria.</EmptyState>}
      <ul>
        {items?.map((item) => (
          <li key={item.id} className="row no-go">
            <Glyph {...glyphOfAnswer(item)} />
            <Link
              to="/checklist"
              search={{ item: item.id }}
              className="no-go-title ellipsis"
              title={item.title}
              data-row
            >
              {item.title}
            </Link>
            <Segments
              label={`Does it hold? ${item.title}`}
              segments={answers}
              value={item.holds === null ? null : item.holds ? 'yes' : 'no'}
              onChange={(chosen) =>
                answer.run({ item: item.id, holds: chosen === null ? null : chosen === 'yes' })
              }
              empties
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function glyphOfAnswer({ holds, gate, status }: Item): { kind: GlyphKind; word: string } {
  if (holds === null && gate?.verdict) return { kind: status, word: 'measured' };
  if (holds === null) return { kind: 'open', word: 'unanswered' };
  return holds ? { kind: 'fail', word: 'holds' } : { kind: 'done', word: 'does not hold' };
}
