import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Fault, Sandbox } from '../../shared/contract/sandbox.ts';
import { type BoundCommand, CommandButton, useAction, useService } from '../app/index.ts';
import { Glyph, Panel, PanelBody, Sentence, Skeleton } from '../ui/index.ts';

const faults: { id: Fault; label: string; about: string }[] = [
  { id: 'none', label: 'well', about: 'answers as it should' },
  { id: 'slow', label: 'slow', about: 'answers after seconds' },
  { id: 'wrong', label: 'wrong', about: 'answers with wrong scores' },
  { id: 'failing', label: 'failing', about: 'answers with errors' },
  { id: 'unhealthy', label: 'unhealthy', about: 'its health check fails' },
];

/** The sandbox: servers on this machine that stand in for the real hosts, and what can be made to go wrong there. */
export function SandboxPanel({
  start,
  stop,
  busy,
}: {
  start: BoundCommand | undefined;
  stop: BoundCommand | undefined;
  busy: boolean;
}) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const { data: sandbox } = useQuery(queries.sandbox.get.queryOptions());
  const setFault = useAction(client.sandbox.setFault, {
    onDone: (next) => cache.setQueryData<Sandbox>(queries.sandbox.get.queryKey(), next),
    failure: 'The fault was not set',
  });
  return (
    <Panel title="Sandbox" aside={sandbox && stateWords(sandbox.state)}>
      {!sandbox && <Skeleton rows={3} height={31} />}
      {sandbox?.problem && (
        <PanelBody>
          <Sentence tone="unproven">{sandbox.problem}</Sentence>
        </PanelBody>
      )}
      <ul>
        {sandbox?.hosts.map((host) => (
          <li key={host.host} className="sandbox-host">
            <Glyph kind={host.running ? 'pass' : 'open'} word={host.running ? 'runs' : 'stopped'} />
            <span className="mono ellipsis" title={host.home}>
              {host.host}
            </span>
            <span className="soft ellipsis">
              {host.serves ? (
                <>
                  serves <span className="mono">{host.serves}</span>
                </>
              ) : (
                'serves nothing'
              )}
            </span>
            <ToggleButtonGroup
              className="faults"
              aria-label={`The demo service on ${host.host} is`}
              selectionMode="single"
              disallowEmptySelection
              isDisabled={!host.running}
              selectedKeys={[host.fault]}
              onSelectionChange={([chosen]) =>
                chosen !== undefined && setFault.run({ host: host.host, fault: String(chosen) as Fault })
              }
            >
              {faults.map(({ id, label, about }) => (
                <ToggleButton
                  key={id}
                  id={id}
                  className={`fault fault-${id}`}
                  aria-label={`${label}: ${about}`}
                >
                  {label}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          </li>
        ))}
      </ul>
      <PanelBody>
        <p className="soft">
          Three small servers on this machine with a demo service to deploy. Make one slow, wrong or failing
          and see what a run does about it.
        </p>
        <div className="host-actions">
          <CommandButton command={start} tone="primary" busy={busy || sandbox?.state === 'starting'} />
          <CommandButton command={stop} busy={busy} />
        </div>
      </PanelBody>
    </Panel>
  );
}

function stateWords(state: Sandbox['state']): string {
  return { stopped: 'stopped', starting: 'starting', running: 'running' }[state];
}
