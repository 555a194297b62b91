import { useQuery } from '@tanstack/react-query';
import { useService } from '../service.ts';

/** The figures beside the rail's words; empty until they are known. */
export function useRailCounts() {
  const { queries } = useService();
  const board = useQuery(queries.board.get.queryOptions()).data;
  const session = useQuery(queries.session.get.queryOptions()).data;
  // Read by the screens that show it; the rail only tells what is known already.
  const checklist = useQuery({ ...queries.checklist.get.queryOptions(), enabled: false }).data;
  const signoffs = useQuery({ ...queries.signoff.get.queryOptions(), enabled: false }).data;
  const disputes = signoffs?.reviewed.filter(({ disputed }) => disputed).length ?? 0;
  const going = board?.roles.filter(({ answer, lacks }) => answer && !lacks).length ?? 0;
  const red = board?.gates.filter(({ status }) => status === 'fail' || status === 'error').length ?? 0;
  const progress = board?.progress;
  const settled = progress
    ? progress.proven + progress.done + progress.waived + progress.overridden
    : undefined;
  const running = session?.runs.length ?? 0;
  return {
    launch: board && board.reasons.length > 0 ? String(board.reasons.length) : '',
    checklist: progress ? `${settled}/${progress.total}` : '',
    gates: board ? (red > 0 ? `${red} red` : String(board.gates.length)) : '',
    findings: checklist ? String(checklist.findings.length) : '',
    runs: running > 0 ? `${running} running` : '',
    signoff: board && board.roles.length > 0 ? `${going} of ${board.roles.length}` : '',
    review: disputes > 0 ? `${disputes} disputed` : '',
    runWaits: session?.runs.some(({ state }) => state === 'holding' || state === 'asking') ?? false,
    hosts: session ? String(session.hosts.known) : '',
  };
}
