import type { Plan } from '../../shared/contract/runbook.ts';
import { counted, formatBytes } from '../../shared/units.ts';
import { ProblemList } from '../app/index.ts';
import { Button, Facts, Glyph, Panel, PanelBody } from '../ui/index.ts';

/** What stands against starting; a blocking one must go first. */
export function Objections({ plan }: { plan: Plan }) {
  const blocking = plan.objections.filter((one) => one.blocking);
  return (
    <Panel
      title={blocking.length > 0 ? 'This must go before it can start' : 'Worth knowing before it starts'}
      tone={blocking.length > 0 ? 'fail' : 'unproven'}
    >
      <ul className="objections">
        {plan.objections.map((objection) => (
          <li key={objection.text}>
            <Glyph
              kind={objection.blocking ? 'fail' : 'unproven'}
              word={objection.blocking ? 'blocks' : 'note'}
            />
            <div className="break">
              {objection.text}
              {objection.problem && <ProblemList problems={[objection.problem]} />}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Files and secrets the run needs, as they are on this machine. */
export function Needs({ plan, onSecrets }: { plan: Plan; onSecrets: () => void }) {
  const { needs, secrets } = plan;
  const missing = secrets.filter(({ known }) => !known).length;
  if (needs.length === 0 && secrets.length === 0) return null;
  return (
    <Panel
      title="It needs"
      tone={missing > 0 ? 'hold' : undefined}
      aside={missing > 0 ? `${counted(missing, 'secret')} to give` : undefined}
    >
      <PanelBody>
        <Facts
          facts={[
            ...needs.map(({ name, path, bytes, sha256 }) => ({
              label: name,
              value: (
                <span title={`${path}\nSHA-256 ${sha256}`}>
                  {bytes > 0 ? `${formatBytes(bytes)} · ${sha256.slice(0, 12)}…` : path}
                </span>
              ),
            })),
            ...secrets.map(({ name, known }) => ({
              label: name,
              value: known ? 'known' : 'not given yet',
              mark: <Glyph kind={known ? 'done' : 'open'} word={known ? 'known' : 'not given yet'} />,
            })),
          ]}
        />
        {missing > 0 && (
          <div>
            <Button tone="primary" onPress={onSecrets}>
              Give the secrets…
            </Button>
          </div>
        )}
      </PanelBody>
    </Panel>
  );
}
