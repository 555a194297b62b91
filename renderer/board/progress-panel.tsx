import type { Progress } from '../../shared/contract/checklist.ts';
import { Panel, PanelBody, ProgressBar, type Share, Skeleton } from '../ui/index.ts';

/** Counts that are shown even at nought; the others only where there are any. */
const always = new Set<Share['kind']>(['pass', 'claimed', 'unproven', 'fail', 'stale', 'open']);

export function ProgressPanel({ progress }: { progress: Progress | undefined }) {
  return (
    <Panel title="Progress" aside={progress && `${progress.total.toLocaleString('en')} items`}>
      <PanelBody>{progress ? <ProgressBar shares={sharesOf(progress)} /> : <Skeleton rows={3} />}</PanelBody>
    </Panel>
  );
}

function sharesOf(progress: Progress): Share[] {
  const shares: Share[] = [
    { kind: 'pass', word: 'proven', count: progress.proven },
    { kind: 'done', word: 'done', count: progress.done },
    { kind: 'claimed', word: 'claimed', count: progress.claimed },
    { kind: 'unproven', word: 'unproven', count: progress.unproven },
    { kind: 'overridden', word: 'overridden', count: progress.overridden },
    { kind: 'fail', word: 'failed', count: progress.failed },
    { kind: 'error', word: 'error', count: progress.error },
    { kind: 'stale', word: 'stale', count: progress.stale },
    { kind: 'blocked', word: 'blocked', count: progress.blocked },
    { kind: 'disputed', word: 'disputed', count: progress.disputed },
    { kind: 'waived', word: 'waived', count: progress.waived },
    { kind: 'active', word: 'active', count: progress.active },
    { kind: 'open', word: 'open', count: progress.open },
  ];
  return shares.filter(({ kind, count }) => count > 0 || always.has(kind));
}
