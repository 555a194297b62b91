import { useQuery } from '@tanstack/react-query';
import { counted } from '../../../shared/units.ts';
import { useComputeJobs, useJobEnds } from '../compute.ts';
import { useService } from '../service.ts';

/** The figures beside the rail's words; empty until they are known. */
export function useRailCounts() {
  const { queries } = useService();
  const board = useQuery(queries.board.get.queryOptions()).data;
  const session = useQuery(queries.session.get.queryOptions()).data;
  // Read by the screens that show it; the rail only tells what is known already.
  const checklist = useQuery({ ...queries.checklist.get.queryOptions(), enabled: false }).data;
  const files = useQuery({ ...queries.compute.files.queryOptions(), enabled: false }).data;
  const compute = useComputeCounts();
  const toReview = board?.reasons.filter(({ link }) => link.to === 'review') ?? [];
  const alarms = toReview.filter(({ code }) => code === 'two-histories').length;
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
    review: alarms > 0 ? counted(alarms, 'alarm') : toReview.length > 0 ? `${toReview.length} disputed` : '',
    reviewWaits: alarms > 0,
    runWaits: session?.runs.some(({ state }) => state === 'holding' || state === 'asking') ?? false,
    ...compute,
    data: files ? String(files.filter(({ role }) => dataRoles.has(role)).length) : '',
    hosts: session ? String(session.hosts.known) : '',
  };
}

const dataRoles: ReadonlySet<string> = new Set(['panel', 'returns', 'predictions', 'table']);

/** What compute has found: claims that do not hold, tries of the ledger, models that were seen. */
function useComputeCounts() {
  const { queries } = useService();
  const jobs = useComputeJobs();
  useJobEnds(jobs);
  const trials = useQuery(queries.compute.trials.queryOptions()).data;
  const models = useQuery(queries.compute.models.queryOptions()).data;
  const judged = jobs?.find(({ question, state }) => question.kind === 'claims' && state === 'done');
  const answer = useQuery({
    ...queries.compute.answer.queryOptions({ input: { id: judged?.id ?? '' } }),
    enabled: judged !== undefined,
  }).data;
  const claims = answer?.kind === 'claims' ? answer.claims : [];
  const failed = claims.filter(({ verdict }) => verdict === 'fail').length;
  const unproven = claims.filter(({ verdict }) => verdict === 'unproven').length;
  const tries = trials?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return {
    claims: failed > 0 ? `${failed} fail` : unproven > 0 ? `${unproven} unproven` : '',
    backtests: tries > 0 ? tries.toLocaleString('en') : '',
    models: models && models.length > 0 ? String(models.length) : '',
  };
}
