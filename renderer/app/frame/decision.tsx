import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useService } from '../service.ts';

/** The one decision, from anywhere. Its reasons are on the board. */
export function Decision() {
  const { queries } = useService();
  const board = useQuery(queries.board.get.queryOptions()).data;
  if (!board) {
    return <span className="decision">…</span>;
  }
  const gone = board.roles.filter(({ answer }) => answer?.value.startsWith('go')).length;
  const words =
    board.decision === 'go' ? `GO · ${gone} of ${board.roles.length}` : `NO-GO · ${board.reasons.length}`;
  const said =
    board.decision === 'go'
      ? `Decision: go, ${gone} of ${board.roles.length} roles. Open the board.`
      : `Decision: no-go, ${board.reasons.length} reasons. Open the board.`;
  return (
    <Link to="/" className={`decision decision-${board.decision}`} aria-label={said}>
      {words}
    </Link>
  );
}
