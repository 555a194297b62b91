import { counted } from '../../shared/units.ts';
import './run.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Plan } from '../../shared/contract/runbook.ts';
import { CommandButton, sentenceOf, useAction, useCommands, useLaunch, useService } from '../app/index.ts';
import { Banner, Filters, Glyph, ModeBadge, Page, Skeleton } from '../ui/index.ts';
import { runCommands } from './commands/index.ts';
import { type Address, Matrix } from './matrix.tsx';
import { Needs, Objections } from './plan-panels.tsx';
import { SecretDialog } from './question-dialogs.tsx';
import { RollbackCard } from './rollback-card.tsx';
import { StartDialog } from './start-dialog.tsx';
import { StepPanel } from './step-panel.tsx';

/** What exactly would run where, and what would be done if it fails, before anything starts. */
export function PlanScreen({ runbook, target }: { runbook?: string; target?: string }) {
  const launch = useLaunch();
  const navigate = useNavigate();
  const { client, queries } = useService();
  const chosen = {
    runbook:
      runbook ??
      launch.runbooks.find(({ does }) => does === 'deploy')?.name ??
      launch.runbooks[0]?.name ??
      '',
    target:
      target ?? launch.targets.find(({ rehearsal }) => rehearsal)?.name ?? launch.targets[0]?.name ?? '',
  };
  const {
    data: plan,
    error,
    isFetching,
    refetch,
  } = useQuery({
    ...queries.runbook.plan.queryOptions({ input: chosen }),
    enabled: Boolean(chosen.runbook && chosen.target),
    staleTime: 0,
    gcTime: 0,
  });
  const [at, setAt] = useState<Address | null>(null);
  const [dialog, setDialog] = useState<'start' | 'secrets' | null>(null);

  const start = useAction(() => client.runbook.start({ ...chosen, digest: plan?.digest ?? '' }), {
    onDone: ({ id }) => void navigate({ to: '/runs/$run', params: { run: id } }),
    failure: 'The run did not start',
  });
  const isLive = plan ? !plan.rehearsal : launch.mode === 'live';
  const commands = useCommands(runCommands, {
    start: {
      run: () => (isLive ? setDialog('start') : start.run(undefined)),
      why: whyNotStart(plan, isFetching, start.busy),
    },
    planAgain: { run: () => void refetch(), why: isFetching ? 'It is being planned now.' : null },
  });
  const step = plan?.steps.find(({ id }) => id === at?.step) ?? plan?.steps[0];
  const selected = step ? { step: step.id, host: at?.host ?? step.hosts[0] ?? '' } : null;
  const go = (next: Partial<typeof chosen>) =>
    void navigate({ to: '/runs/plan', search: { ...chosen, ...next }, replace: true });

  return (
    <Page
      title="Plan"
      head={
        <>
          <h1 className="ellipsis">
            {plan ? `${plan.title} · ${plan.version} on ${plan.target}` : 'Plan a run'}
          </h1>
          <ModeBadge mode={isLive ? 'live' : 'rehearsal'} />
          <span className="soft ellipsis" title={plan && `plan ${plan.digest}`}>
            {plan && planWords(plan)}
          </span>
          <span className="page-head-end">
            <CommandButton command={commands.planAgain} busy={isFetching} />
            <CommandButton command={commands.start} tone={isLive ? 'danger' : 'primary'} busy={start.busy}>
              {isLive ? `Start LIVE on ${chosen.target}…` : `Start on ${chosen.target}`}
            </CommandButton>
          </span>
        </>
      }
      inspector={
        <>
          <RollbackCard plan={plan?.rollback ?? null} />
          {plan && <Needs plan={plan} onSecrets={() => setDialog('secrets')} />}
          {step && <StepPanel step={step} host={selected?.host ?? ''} />}
        </>
      }
    >
      <div className="plan-choice">
        <Filters
          label="Runbook"
          value={chosen.runbook}
          onChange={(next) => go({ runbook: next })}
          filters={launch.runbooks.map(({ name, title }) => ({ value: name, label: title }))}
        />
        <span className="mute">on</span>
        <Filters
          label="Target"
          value={chosen.target}
          onChange={(next) => go({ target: next })}
          filters={launch.targets.map(({ name }) => ({ value: name, label: name }))}
        />
      </div>
      {error && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          There is no plan. {sentenceOf(error)}
        </Banner>
      )}
      {plan && plan.objections.length > 0 && <Objections plan={plan} />}
      <section className="panel panel-fills plan-matrix" aria-label="What would run">
        {plan ? (
          <Matrix
            label="Plan"
            steps={plan.steps}
            hosts={plan.hosts}
            batches={plan.batches}
            selected={selected}
            onSelect={setAt}
            cell={(one, host) =>
              host === '' ? (
                <>
                  <Glyph
                    kind={one.hold ? 'hold' : 'open'}
                    word={one.hold ? 'waits for a person' : 'this console'}
                  />
                  {one.hold ? 'hold' : 'console'}
                </>
              ) : (
                <>
                  <Glyph kind="open" word={`runs on ${host}`} />
                  {one.batched && plan.batches.length > 1 && (
                    <span className="mono">
                      batch {plan.batches.findIndex((batch) => batch.includes(host)) + 1}
                    </span>
                  )}
                </>
              )
            }
          />
        ) : (
          !error && (
            <>
              <p className="plan-looking soft">Looking at the hosts. Nothing is changed by looking.</p>
              <Skeleton rows={12} height={29} />
            </>
          )
        )}
      </section>
      {plan && dialog === 'start' && (
        <StartDialog
          plan={plan}
          start={{ ...start, run: () => start.run(undefined) }}
          onClose={() => setDialog(null)}
        />
      )}
      {plan && dialog === 'secrets' && (
        <SecretDialog
          names={plan.secrets.filter(({ known }) => !known).map(({ name }) => name)}
          onClose={() => setDialog(null)}
          onDone={() => {
            setDialog(null);
            void refetch();
          }}
        />
      )}
    </Page>
  );
}

function whyNotStart(plan: Plan | undefined, planning: boolean, starting: boolean): string | null {
  if (starting) return 'It is being started.';
  if (!plan || planning) return 'There is no plan yet.';
  const blocking = plan.objections.find((one) => one.blocking);
  if (blocking) return blocking.text;
  const missing = plan.secrets.filter(({ known }) => !known);
  if (missing.length > 0) return `Give the secrets first: ${missing.map(({ name }) => name).join(', ')}.`;
  return null;
}

function planWords({ steps, hosts, batches }: Plan): string {
  const counts = [
    `${steps.length} steps`,
    counted(hosts.length, 'host'),
    ...(batches.length > 1 ? [`${batches.length} batches, ${batches[0]?.length} first`] : []),
  ];
  return counts.join(' · ');
}
