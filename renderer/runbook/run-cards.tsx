import type { RunView } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import { Glyph, Panel, PanelBody } from '../ui/index.ts';
import { ReleasedBy } from './question-card.tsx';
import { runGlyphs } from './words.ts';

/** The hold that lies ahead, so that the person it needs can be fetched. */
export function NextHold({ run }: { run: RunView }) {
  const at = run.steps.findIndex(({ cells }) =>
    cells.some(({ state }) => state === 'running' || state === 'waiting'),
  );
  const next = run.steps
    .slice(Math.max(0, at))
    .find(({ hold, cells }) => hold && cells.some(({ state }) => state === 'waiting'));
  if (!next?.hold) return null;
  const { text, roles, withinMs, otherwise } = next.hold;
  return (
    <Panel title={`Next hold · step ${next.number}`} glyph={<Glyph kind="hold" word="hold ahead" />}>
      <PanelBody>
        <p className="break">{text}</p>
        <p className="soft">
          <ReleasedBy roles={roles} />{' '}
          {withinMs !== null &&
            `No answer in ${formatDuration(withinMs)} ${otherwise === 'stop' ? 'stops the run there.' : 'lets it go on.'}`}
        </p>
      </PanelBody>
    </Panel>
  );
}

/** How it ended, and what is different on the hosts now. */
export function EndCard({ run }: { run: RunView }) {
  const tone = run.state === 'done' ? 'pass' : 'fail';
  return (
    <Panel
      title="How it ended"
      glyph={<Glyph {...runGlyphs[run.state]} />}
      tone={tone === 'fail' ? 'fail' : undefined}
    >
      <PanelBody>
        <p className="run-question break">{run.ending}</p>
        {run.changes.length > 0 && (
          <div>
            <h3>What changed</h3>
            <ul className="run-changes">
              {run.changes.map((change) => (
                <li key={change} className="mono soft break">
                  {change}
                </li>
              ))}
            </ul>
          </div>
        )}
      </PanelBody>
    </Panel>
  );
}
