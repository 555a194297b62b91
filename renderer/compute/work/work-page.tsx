import '../compute.css';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../shared/units.ts';
import { CommandButton } from '../../app/index.ts';
import { Banner, EmptyState, Glyph, Page, Panel, ScrollArea, Skeleton, WorkBar } from '../../ui/index.ts';
import { ExportDialog } from './export-dialog.tsx';
import { isUnderWay } from './job-words.ts';
import { JobsPanel } from './jobs-panel.tsx';
import { StartDialog } from './start-dialog.tsx';
import type { Work } from './use-work.ts';

/** A screen of compute: the answer on the left, jobs and what explains it on the right. */
export function WorkPage({
  title,
  work,
  empty,
  before,
  inspector,
  children,
}: {
  title: string;
  work: Work;
  /** What this screen would show, for when nothing was asked yet. */
  empty: ReactNode;
  /** Stands above the answer whether there is one or not. */
  before?: ReactNode;
  inspector?: ReactNode;
  /** The answer of the job that is shown; nothing while there is none. */
  children?: ReactNode;
}) {
  const { shown, problem, dialog, commands, kinds } = work;
  return (
    <>
      <Page
        title={title}
        inspector={
          <>
            <JobsPanel work={work} />
            {inspector}
          </>
        }
      >
        <ScrollArea label={`${title}: what was found`} className="compute-main">
          {problem && (
            <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
              This cannot be shown. {problem}
            </Banner>
          )}
          {before}
          {shown && shown.state !== 'done' && <Standing work={work} />}
          {children}
          {work.answer === null && !problem && (work.jobs === undefined || shown?.state === 'done') && (
            <Panel title="Reading the answer">
              <Skeleton rows={8} height={31} />
            </Panel>
          )}
          {work.jobs?.length === 0 && (
            <Panel title={title}>
              <EmptyState
                action={
                  <span className="compute-actions">
                    {kinds.map((kind) => (
                      <CommandButton
                        key={kind}
                        command={commands[kind]}
                        tone={kind === kinds[0] ? 'primary' : 'plain'}
                      />
                    ))}
                  </span>
                }
              >
                {empty}
              </EmptyState>
            </Panel>
          )}
        </ScrollArea>
      </Page>
      {dialog === 'export' && shown && <ExportDialog job={shown} onClose={work.closeDialog} />}
      {dialog !== null && dialog !== 'export' && (
        <StartDialog kind={dialog} first={work.first} start={work.start} onClose={work.closeDialog} />
      )}
    </>
  );
}

/** Why the job that is shown has no answer, or not the whole one. */
function Standing({ work: { shown, commands } }: { work: Work }) {
  if (!shown) return null;
  const action = <CommandButton command={isUnderWay(shown) ? commands.cancel : commands.again} />;
  if (shown.state === 'failed') {
    return (
      <Banner tone="fail" glyph={<Glyph kind="failed" word="failed" />} action={action} alarm>
        {shown.problem}
      </Banner>
    );
  }
  if (shown.state === 'cancelled') {
    return (
      <Banner tone="hold" glyph={<Glyph kind="left-out" word="cancelled" />} action={action}>
        Cancelled after {formatDuration(shown.elapsedMs)}. {shown.problem || 'Nothing else was touched.'}
      </Banner>
    );
  }
  return (
    <div className="banner banner-running computing">
      <Glyph kind={shown.state === 'running' ? 'running' : 'open'} silent />
      <div className="computing-words">
        <p className="strong break">{shown.title}</p>
        <p className="soft figures">
          {shown.state === 'waiting'
            ? shown.ahead === 0
              ? 'Next. It starts when a core is free.'
              : `Waits. Before it in the queue: ${shown.ahead}.`
            : `${shown.phase || 'Starting'} · ${formatDuration(shown.elapsedMs)} so far${
                shown.remainingMs === null ? '' : ` · about ${formatDuration(shown.remainingMs)} left`
              }`}
        </p>
        {shown.state === 'running' && <WorkBar share={shown.share} label={`Progress of ${shown.title}`} />}
      </div>
      {shown.state === 'running' && (
        <span className="mono figures computing-share">{Math.floor(shown.share * 100)} %</span>
      )}
      {action}
    </div>
  );
}
