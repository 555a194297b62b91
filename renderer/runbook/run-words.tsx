import type { RunView } from '../../shared/contract/runbook.ts';
import { counted } from '../../shared/units.ts';
import { formatMoment, useNow } from '../ui/index.ts';

/** Which run this is: number, start, person, batch. */
export function RunWords({ run }: { run: RunView }) {
  const now = useNow(60);
  const started = formatMoment(new Date(run.startedAt), new Date(now));
  return (
    <span className="soft ellipsis">
      {[`run ${run.number}`, `started ${started} by ${run.by}`, batchWords(run)].filter(Boolean).join(' · ')}
    </span>
  );
}

/** `batch 1 of 2 (1 host, then the rest)`; empty where all hosts go at once. */
function batchWords({ batch, batches }: RunView): string {
  if (batches.length < 2 || batch === null) return '';
  const first = batches[0]?.length ?? 0;
  return `batch ${batch + 1} of ${batches.length} (${counted(first, 'host')}, then the rest)`;
}
