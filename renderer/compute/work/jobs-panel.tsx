import type { Job } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { CommandButton } from '../../app/index.ts';
import { Age, EmptyState, Glyph, Panel, PanelBody, Rows, Skeleton, useNow } from '../../ui/index.ts';
import { isUnderWay, jobGlyphs, jobWords } from './job-words.ts';
import type { Work } from './use-work.ts';

/** What was asked on this screen, newest first, with what to do about the one that is shown. */
export function JobsPanel({ work }: { work: Work }) {
  const { jobs, shown, commands, kinds } = work;
  const now = new Date(useNow(60));
  const underWay = jobs?.filter(isUnderWay).length ?? 0;
  return (
    <Panel
      title="Jobs"
      aside={underWay > 0 ? `${underWay} under way` : jobs && counted(jobs.length, 'job')}
      className="jobs"
    >
      {!jobs && !work.problem && <Skeleton rows={2} height={47} />}
      {jobs?.length === 0 && <EmptyState>Nothing was asked here yet.</EmptyState>}
      {jobs && jobs.length > 0 && (
        <>
          <Rows className="jobs-list">
            {jobs.map((job) => (
              <JobRow
                key={job.id}
                job={job}
                now={now}
                selected={job === shown}
                onSelect={() => job !== shown && work.select(job.id)}
              />
            ))}
          </Rows>
          <PanelBody className="jobs-keys">
            {kinds.map((kind) => (
              <CommandButton
                key={kind}
                command={commands[kind]}
                tone={kind === kinds[0] ? 'primary' : 'plain'}
              />
            ))}
            <CommandButton command={commands.cancel} />
            {!commands.cancel && <CommandButton command={commands.again}>Again</CommandButton>}
            {shown?.state === 'done' && <CommandButton command={commands.export}>Export…</CommandButton>}
          </PanelBody>
        </>
      )}
    </Panel>
  );
}

function JobRow({
  job,
  now,
  selected,
  onSelect,
}: {
  job: Job;
  now: Date;
  selected: boolean;
  onSelect: () => void;
}) {
  const words = jobWords(job, now);
  return (
    <button
      type="button"
      className="row job-row"
      aria-pressed={selected}
      onClick={onSelect}
      onFocus={onSelect}
      data-row
    >
      <Glyph {...jobGlyphs[job.state]} />
      <span className="ellipsis" title={job.title}>
        {job.title}
      </span>
      <Age at={job.endedAt ?? job.askedAt} />
      <span className={`ellipsis job-words${job.state === 'failed' ? ' tone-fail' : ' soft'}`} title={words}>
        {words}
      </span>
      {job.state === 'running' && (
        <span className="job-bar" aria-hidden="true">
          <span style={{ width: `${job.share * 100}%` }} />
        </span>
      )}
    </button>
  );
}
