import './run.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Choice, RunView } from '../../shared/contract/runbook.ts';
import {
  CommandButton,
  launchCommands,
  sentenceOf,
  useAction,
  useCommands,
  useService,
} from '../app/index.ts';
import { Banner, Glyph, ModeBadge, Page, Panel, Skeleton } from '../ui/index.ts';
import { CellContent } from './cell-content.tsx';
import { runCommands } from './commands/index.ts';
import { LogPanel } from './log-panel.tsx';
import { type Address, Matrix } from './matrix.tsx';
import { QuestionCard } from './question-card.tsx';
import { ChoiceDialog, ReleaseDialog, SecretDialog, StopDialog } from './question-dialogs.tsx';
import { RollbackCard } from './rollback-card.tsx';
import { RollbackDialog } from './rollback-dialog.tsx';
import { EndCard, NextHold } from './run-cards.tsx';
import { RunWords } from './run-words.tsx';
import { StepPanel } from './step-panel.tsx';
import { cellToLookAt, isUnderWay, runGlyphs } from './words.ts';

export interface RunScreenProps {
  id: string;
  /** The rollback's dialog is asked for by the address, so that its key works from every screen. */
  rollback: boolean;
  onRollback: (shown: boolean) => void;
}

/** Where are we, on which host, what happens if it fails. */
export function RunScreen({ id, ...rest }: RunScreenProps) {
  const { queries } = useService();
  const { data: run, error } = useQuery(queries.runbook.get.queryOptions({ input: { run: id } }));
  if (run) return <LoadedRun key={id} run={run} {...rest} />;
  return (
    <Page title="Run" inspector={<Skeleton rows={6} height={31} />}>
      {error ? (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The run cannot be shown. {sentenceOf(error)}
        </Banner>
      ) : (
        <Panel title="Steps" fills className="run-steps">
          <Skeleton rows={13} height={29} />
        </Panel>
      )}
    </Page>
  );
}

type OpenDialog = 'release' | 'refuse' | 'secrets' | 'stop' | Exclude<Choice, 'roll-back'>;

function LoadedRun({ run, rollback, onRollback }: Omit<RunScreenProps, 'id'> & { run: RunView }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Address | null>(null);
  const [follow, setFollow] = useState(true);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const selected = chosen ?? cellToLookAt(run.steps);
  const step = run.steps.find(({ id }) => id === selected?.step);
  const cell = step?.cells.find(({ host }) => host === selected?.host);
  const underWay = isUnderWay(run.state);
  const { question } = run;

  const onDone = (next: RunView) => {
    cache.setQueryData(queries.runbook.get.queryKey({ input: { run: run.id } }), next);
    setDialog(null);
  };
  const stopAfter = useAction(() => client.runbook.stop({ run: run.id, when: 'after-step' }), {
    onDone,
    failure: 'The run was not stopped',
  });
  const choices = new Set(question?.kind === 'choice' ? question.choices : []);
  const ask = (what: OpenDialog, applies: boolean) => (applies ? { run: () => setDialog(what) } : null);
  const commands = useCommands(runCommands, {
    release: ask('release', question?.kind === 'hold'),
    refuse: ask('refuse', question?.kind === 'hold'),
    secrets: ask('secrets', question?.kind === 'secret'),
    goOn: ask('go-on', choices.has('go-on')),
    retry: ask('retry', choices.has('retry')),
    skip: ask('skip', choices.has('skip')),
    leaveOut: ask('leave-out', choices.has('leave-out')),
    done: ask('done', choices.has('done')),
    stop: choices.has('stop') ? { run: () => setDialog(question?.kind === 'choice' ? 'stop' : null) } : null,
    stopAfter: underWay
      ? {
          run: () => stopAfter.run(undefined),
          why: run.state === 'stopping' ? 'It stops already.' : null,
        }
      : null,
    stopNow: underWay ? { run: () => setStopNow(true) } : null,
    follow: { run: () => setFollow(!follow) },
    search: { run: () => searchField.current?.focus() },
  });
  const [stopNow, setStopNow] = useState(false);
  const frame = useCommands(
    { rollBack: launchCommands.rollBack },
    { rollBack: run.rolledBackBy || run.does === 'rollback' ? null : { run: () => onRollback(true) } },
    { over: true },
  );
  const backTo = run.rollback?.possible ? run.rollback.to : '';

  return (
    <Page
      title={run.title}
      head={
        <>
          <Glyph {...runGlyphs[run.state]} />
          <h1 className="ellipsis" title={run.title}>
            {[run.title, run.version].filter(Boolean).join(' · ')} on {run.target}
          </h1>
          <ModeBadge mode={run.rehearsal ? 'rehearsal' : 'live'} />
          <RunWords run={run} />
          <span className="page-head-end">
            <CommandButton command={commands.stopAfter} busy={stopAfter.busy} />
            <CommandButton command={commands.stopNow} tone="plain" />
            <CommandButton command={frame.rollBack}>
              {backTo ? `Roll back to ${backTo}…` : 'Roll back…'}
            </CommandButton>
          </span>
        </>
      }
      inspector={
        <>
          {question && (
            <QuestionCard
              question={question}
              commands={{ ...commands, rollBack: choices.has('roll-back') ? frame.rollBack : undefined }}
            />
          )}
          {!underWay && <EndCard run={run} />}
          {underWay && question?.kind !== 'hold' && <NextHold run={run} />}
          {underWay && run.does !== 'rollback' && <RollbackCard plan={run.rollback} />}
          {step && <StepPanel step={step} host={selected?.host ?? ''} />}
        </>
      }
    >
      {run.stuck && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          {run.stuck}
        </Banner>
      )}
      <section className="panel panel-fills run-steps" aria-label="Where it is">
        <Matrix
          label="Steps by host"
          steps={run.steps}
          hosts={run.hosts}
          batches={run.batches}
          links={underWay ? run.links : []}
          selected={selected}
          onSelect={setChosen}
          cell={(one, host) => {
            const found = run.steps.find(({ id }) => id === one.id)?.cells.find((each) => each.host === host);
            const holds = question?.kind === 'hold' && question.step === one.id;
            return found ? <CellContent cell={found} holds={holds} /> : null;
          }}
        />
      </section>
      {selected && step && (
        <LogPanel
          run={run.id}
          step={selected.step}
          host={selected.host}
          title={[selected.host, step.title].filter(Boolean).join(' · ')}
          cell={cell}
          follow={follow}
          onFollow={setFollow}
          searchField={searchField}
          links={underWay ? run.links.filter(({ state }) => state !== 'connected') : []}
        />
      )}
      {question?.kind === 'hold' && (dialog === 'release' || dialog === 'refuse') && (
        <ReleaseDialog
          run={run.id}
          question={question}
          go={dialog === 'release'}
          onDone={onDone}
          onClose={() => setDialog(null)}
        />
      )}
      {question?.kind === 'choice' &&
        dialog &&
        dialog !== 'release' &&
        dialog !== 'refuse' &&
        dialog !== 'secrets' && (
          <ChoiceDialog
            run={run.id}
            question={question}
            choice={dialog}
            onDone={onDone}
            onClose={() => setDialog(null)}
          />
        )}
      {question?.kind === 'secret' && dialog === 'secrets' && (
        <SecretDialog names={question.names} onDone={() => setDialog(null)} onClose={() => setDialog(null)} />
      )}
      {stopNow && (
        <StopDialog
          run={run.id}
          onClose={() => setStopNow(false)}
          onDone={(next) => {
            onDone(next);
            setStopNow(false);
          }}
        />
      )}
      {rollback && (
        <RollbackDialog
          target={run.target}
          run={run.id}
          rehearsal={run.rehearsal}
          stopsRun={underWay}
          onClose={() => onRollback(false)}
          onStarted={(next) => void navigate({ to: '/runs/$run', params: { run: next } })}
        />
      )}
    </Page>
  );
}
