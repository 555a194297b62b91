import type { PlannedStep } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import { CodeBlock, type Fact, Facts, Panel, PanelBody } from '../ui/index.ts';

/** What a step runs, on which hosts, for how long at most, and what takes it back. */
export function StepPanel({ step, host }: { step: PlannedStep; host: string }) {
  const scripts = step.scripts.filter(({ hosts }) => host === '' || hosts.includes(host));
  const facts: Fact[] = [
    { label: 'kind', value: step.kind },
    { label: 'ends after', value: formatDuration(step.timeoutMs) },
    { label: 'undo', value: step.undo || 'none' },
  ];
  return (
    <Panel title={`${step.number} · ${step.title}`} aside={scripts[0]?.shell}>
      <PanelBody>
        <Facts facts={facts} />
        {step.pointOfNoReturn && <p className="tone-fail">After this step there is no way back.</p>}
        {scripts.map(({ hosts, text }) => (
          <CodeBlock key={hosts.join()} text={text} label={`Script for ${hosts.join(', ')}`} />
        ))}
        {step.hosts.length === 0 && <p className="soft">The console does this itself, not a host.</p>}
      </PanelBody>
    </Panel>
  );
}
