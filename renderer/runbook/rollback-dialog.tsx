import { useQuery } from '@tanstack/react-query';
import { sentenceOf, useAction, useService } from '../app/index.ts';
import { Dialog, ModeBadge, Sentence, Skeleton } from '../ui/index.ts';
import { RollbackFacts } from './rollback-card.tsx';

/** Says exactly what going back would do, as the hosts are now, and does it only after the chord. */
export function RollbackDialog({
  target,
  run,
  rehearsal,
  stopsRun = false,
  onClose,
  onStarted,
}: {
  target: string;
  run?: string;
  rehearsal: boolean;
  /** A run goes on that is ended first. */
  stopsRun?: boolean;
  onClose: () => void;
  onStarted: (run: string) => void;
}) {
  const { client, queries } = useService();
  const input = { target, run };
  const { data: plan, error } = useQuery({
    ...queries.runbook.rollbackPlan.queryOptions({ input }),
    staleTime: 0,
    gcTime: 0,
  });
  const rollBack = useAction(() => client.runbook.rollBack(input), { onDone: ({ id }) => onStarted(id) });
  return (
    <Dialog
      title={plan?.possible ? `Roll ${target} back to ${plan.to}` : `Roll ${target} back`}
      size="wide"
      onClose={onClose}
      problem={rollBack.problem}
      confirm={{
        label: 'Roll back',
        tone: 'danger',
        chord: true,
        onPress: () => rollBack.run(undefined),
        busy: rollBack.busy,
        why: plan
          ? plan.possible
            ? null
            : 'There is no way back from here.'
          : 'The hosts are being looked at.',
      }}
    >
      {error && <Sentence tone="fail">{sentenceOf(error)}</Sentence>}
      {!plan && !error && (
        <>
          <p className="soft">Looking at the hosts. Nothing is changed by looking.</p>
          <Skeleton rows={6} />
        </>
      )}
      {plan && (
        <>
          <p>
            <ModeBadge mode={rehearsal ? 'rehearsal' : 'live'} />{' '}
            {plan.possible ? (
              <>
                It puts <span className="mono strong">{plan.to}</span> back on{' '}
                <span className="mono break">{plan.hosts.join(', ')}</span>.
                {stopsRun && ' The run that goes on is stopped first.'}
              </>
            ) : (
              'This cannot be rolled back now:'
            )}
          </p>
          <RollbackFacts plan={plan} />
          {plan.steps.length > 0 && (
            <ol className="rollback-steps">
              {plan.steps.map((step) => (
                <li key={step.id}>
                  <span className="mono mute">{step.number}</span>
                  <span className="break">{step.title}</span>
                  <span className="mono soft ellipsis">{step.hosts.join(', ') || 'this console'}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </Dialog>
  );
}
