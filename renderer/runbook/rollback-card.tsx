import type { RollbackTrigger } from '../../shared/contract/pack.ts';
import type { RollbackPlan } from '../../shared/contract/runbook.ts';
import { counted, formatDuration } from '../../shared/units.ts';
import { useLaunch } from '../app/index.ts';
import { Glyph, Panel, PanelBody } from '../ui/index.ts';

/** What would be done if it fails, shown before it is needed. */
export function RollbackCard({ plan }: { plan: RollbackPlan | null }) {
  const triggers = useLaunch().rollback?.triggers ?? [];
  return (
    <Panel
      title="If it fails"
      aside={plan && (plan.possible ? `back to ${plan.to}` : 'no way back')}
      tone={plan && !plan.possible ? 'unproven' : undefined}
    >
      <PanelBody>
        {plan ? (
          <RollbackFacts plan={plan} />
        ) : (
          <p className="soft">Nothing was looked at yet that this could go back to.</p>
        )}
        {triggers.length > 0 && (
          <p className="soft">
            Go back when <span className="strong">{triggers.map(triggerWords).join(', or ')}</span>.
          </p>
        )}
      </PanelBody>
    </Panel>
  );
}

/** `error rate > 10 % over 5 min` */
function triggerWords({ rule, overMs }: RollbackTrigger): string {
  return overMs === null ? rule : `${rule} over ${formatDuration(overMs)}`;
}

export function RollbackFacts({ plan }: { plan: RollbackPlan }) {
  const steps = counted(plan.steps.length, 'step');
  return (
    <>
      <ul className="run-facts">
        {plan.facts.map(({ ok, text }) => (
          <li key={text}>
            <Glyph kind={ok ? 'pass' : 'fail'} word={ok ? 'true' : 'not so'} />
            <span className="break">{text}</span>
          </li>
        ))}
      </ul>
      {plan.possible && (
        <p className="soft">
          {steps} on {counted(plan.hosts.length, 'host')}
          {plan.estimateMs !== null && `, about ${formatDuration(plan.estimateMs)}`}
        </p>
      )}
    </>
  );
}
