import type { CellState, Question } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import { type BoundCommand, CommandButton, useLaunch } from '../app/index.ts';
import { Glyph, type GlyphKind, Panel, PanelBody, useNow } from '../ui/index.ts';
import { explainState } from './words.ts';

export type QuestionCommands = Partial<
  Record<
    'release' | 'refuse' | 'secrets' | 'goOn' | 'retry' | 'skip' | 'leaveOut' | 'done' | 'stop' | 'rollBack',
    BoundCommand
  >
>;

/** What the run waits for a person to say. It is the first thing on the right until it is answered. */
export function QuestionCard({ question, commands }: { question: Question; commands: QuestionCommands }) {
  switch (question.kind) {
    case 'hold':
      return <HoldCard question={question} commands={commands} />;
    case 'choice':
      return <ChoiceCard question={question} commands={commands} />;
    case 'secret':
      return (
        <Panel title="It waits for secrets" tone="hold" glyph={<Glyph kind="hold" word="waits" />}>
          <PanelBody>
            <p className="strong">{question.text}</p>
            <p className="mono soft break">{question.names.join(', ')}</p>
            <div className="run-choices">
              <CommandButton command={commands.secrets} tone="primary" />
              <CommandButton command={commands.stop} />
            </div>
          </PanelBody>
        </Panel>
      );
  }
}

function HoldCard({
  question,
  commands,
}: {
  question: Extract<Question, { kind: 'hold' }>;
  commands: QuestionCommands;
}) {
  const now = useNow(1);
  const { until, otherwise } = question;
  return (
    <Panel
      title="It holds here"
      tone="hold"
      glyph={<Glyph kind="hold" />}
      aside={<Waited since={question.since} />}
    >
      <PanelBody>
        <p className="run-question break">{question.text}</p>
        <p className="soft">
          <ReleasedBy roles={question.roles} />{' '}
          {until
            ? `No answer in ${formatDuration(Math.max(0, Date.parse(until) - now))} ${otherwise === 'stop' ? 'stops the run here.' : 'lets it go on.'}`
            : 'It waits as long as it takes.'}
        </p>
        <div className="run-choices">
          <CommandButton command={commands.release} tone="primary" />
          <CommandButton command={commands.refuse} />
        </div>
      </PanelBody>
    </Panel>
  );
}

function ChoiceCard({
  question,
  commands,
}: {
  question: Extract<Question, { kind: 'choice' }>;
  commands: QuestionCommands;
}) {
  const explained = explainState(question.state);
  const interrupted = question.choices.includes('go-on');
  return (
    <Panel
      title={
        interrupted
          ? 'It was interrupted'
          : `Choose what to do on ${question.hosts.join(', ') || 'this console'}`
      }
      tone={interrupted ? 'hold' : 'fail'}
      glyph={<Glyph kind={interrupted ? 'hold' : glyphOf(question.state)} />}
      aside={<Waited since={question.since} />}
    >
      <PanelBody>
        <p className="run-question break">{question.text}</p>
        {explained && <p className="soft">{explained}</p>}
        <div className="run-choices">
          {/* Nothing that may do its work twice is offered as the first thing to press. */}
          <CommandButton command={commands.goOn} tone="primary" />
          <CommandButton command={commands.retry} tone={explained ? 'plain' : 'primary'} />
          <CommandButton command={commands.skip} />
          <CommandButton command={commands.leaveOut} />
          <CommandButton command={commands.done} />
          <CommandButton command={commands.stop} />
          <CommandButton command={commands.rollBack} />
        </div>
      </PanelBody>
    </Panel>
  );
}

function glyphOf(state: CellState): GlyphKind {
  return state === 'lost' || state === 'unknown' ? state : 'fail';
}

function Waited({ since }: { since: string }) {
  const now = useNow(1);
  return <span className="mono">{formatDuration(Math.max(0, now - Date.parse(since)))}</span>;
}

/** `Released by DevOps or Backend Engineer.` */
export function ReleasedBy({ roles }: { roles: readonly string[] }) {
  const { roles: known } = useLaunch();
  const titles = roles.map((id) => known.find((role) => role.id === id)?.title ?? id);
  if (titles.length === 0) return <>Released by any role.</>;
  return (
    <>
      Released by{' '}
      {titles.map((title, index) => (
        <span key={title}>
          {index > 0 && ' or '}
          <span className="strong">{title}</span>
        </span>
      ))}
      .
    </>
  );
}
