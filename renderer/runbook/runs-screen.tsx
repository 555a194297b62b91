import './run.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RunSummary } from '../../shared/contract/runbook.ts';
import { counted, formatDuration } from '../../shared/units.ts';
import { sentenceOf, useLaunch, useService } from '../app/index.ts';
import {
  Banner,
  Button,
  EmptyState,
  formatMoment,
  Glyph,
  ModeBadge,
  Page,
  Panel,
  Rows,
  Skeleton,
  useNow,
} from '../ui/index.ts';
import { RollbackDialog } from './rollback-dialog.tsx';
import { isUnderWay, runGlyphs } from './words.ts';

/** Every run of this launch, newest first, and what can be started. */
export function RunsScreen() {
  const { queries } = useService();
  const { data: runs, error } = useQuery(queries.runbook.list.queryOptions());
  return (
    <Page title="Runs" inspector={<StartPanel />}>
      {error && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The runs cannot be shown. {sentenceOf(error)}
        </Banner>
      )}
      <Panel title="Runs" aside={runs && `${runs.length} of this launch`} fills className="runs-panel">
        {!runs && <Skeleton rows={8} height={46} />}
        {runs?.length === 0 && (
          <EmptyState>
            Nothing has run yet. Choose a runbook and a target on the right: the plan shows every step and
            script before anything starts.
          </EmptyState>
        )}
        <Rows className="runs-list">
          {runs?.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </Rows>
      </Panel>
    </Page>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const now = useNow(isUnderWay(run.state) ? 1 : 60);
  const glyph = runGlyphs[run.state];
  const ended = run.endedAt ? Date.parse(run.endedAt) : now;
  return (
    <Link to="/runs/$run" params={{ run: run.id }} className="row run-row" data-row>
      <span className="mono mute">{run.number}</span>
      <Glyph {...glyph} />
      <span className="run-row-words">
        <span className="strong ellipsis" title={run.title}>
          {run.title} <span className="mono soft">{run.version}</span>
        </span>
        <span className="soft ellipsis" title={run.where}>
          {[
            run.target,
            glyph.word,
            run.state === 'done' ? '' : run.where,
            run.rolledBackBy && 'rolled back since',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <ModeBadge mode={run.rehearsal ? 'rehearsal' : 'live'} />
      <span className="mono soft run-row-time">
        {formatDuration(Math.max(0, ended - Date.parse(run.startedAt)))}
      </span>
      <span className="mono mute run-row-time">{formatMoment(new Date(run.startedAt), new Date(now))}</span>
      <span className="mute ellipsis run-row-by">{run.by}</span>
    </Link>
  );
}

function StartPanel() {
  const { runbooks, targets, mode } = useLaunch();
  const navigate = useNavigate();
  // Going back has its own button: it says what it would do before there is anything to plan.
  const forward = runbooks.filter(({ does }) => does !== 'rollback');
  const [rollingBack, setRollingBack] = useState<string | null>(null);
  const isRehearsal = (target: string) =>
    mode === 'rehearsal' || (targets.find(({ name }) => name === target)?.rehearsal ?? false);
  return (
    <>
      <Panel title="Start a run" aside="a plan first">
        {forward.length === 0 && (
          <EmptyState>The pack has no runbook that goes forward. Put one into runbooks/.</EmptyState>
        )}
        {targets.map((target) => (
          <section key={target.name} className="start-target" aria-label={target.name}>
            <p className="start-target-name">
              <span className="strong ellipsis" title={target.name}>
                {target.name}
              </span>
              <span className="mute">{counted(target.hosts.length, 'host')}</span>
              <ModeBadge mode={isRehearsal(target.name) ? 'rehearsal' : 'live'} />
            </p>
            {forward.map((runbook) => (
              <Button
                key={runbook.name}
                wide
                onPress={() =>
                  void navigate({ to: '/runs/plan', search: { runbook: runbook.name, target: target.name } })
                }
                about={`plan it on ${target.name}`}
              >
                {runbook.title}…
              </Button>
            ))}
            <Button tone="danger" wide onPress={() => setRollingBack(target.name)} about={target.name}>
              Roll back…
            </Button>
          </section>
        ))}
      </Panel>
      {rollingBack && (
        <RollbackDialog
          target={rollingBack}
          rehearsal={isRehearsal(rollingBack)}
          onClose={() => setRollingBack(null)}
          onStarted={(run) => void navigate({ to: '/runs/$run', params: { run } })}
        />
      )}
    </>
  );
}
