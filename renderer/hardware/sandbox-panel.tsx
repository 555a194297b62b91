import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Fault, Sandbox } from '../../shared/contract/sandbox.ts';
import { type BoundCommand, CommandButton, useAction, useLaunch, useService } from '../app/index.ts';
import { Glyph, Panel, PanelBody, type Segment, Segments, Sentence, Skeleton } from '../ui/index.ts';

const faults: readonly Segment<Fault>[] = [
  { value: 'none', label: 'well', about: 'answers as it should', tone: 'pass' },
  { value: 'slow', label: 'slow', about: 'answers after seconds', tone: 'unproven' },
  { value: 'wrong', label: 'wrong', about: 'answers with wrong scores', tone: 'unproven' },
  { value: 'failing', label: 'failing', about: 'answers with errors', tone: 'unproven' },
  { value: 'unhealthy', label: 'unhealthy', about: 'its health check fails', tone: 'unproven' },
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
  const { version } = useLaunch();
  const cache = useQueryClient();
  // What the services answer changes by itself, and nobody says so.
  const { data: sandbox } = useQuery({
    ...queries.sandbox.get.queryOptions(),
    staleTime: 0,
    refetchInterval: 5_000,
  });
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
            <Segments
              label={`The demo service on ${host.host} is`}
              segments={faults}
              value={host.fault}
              onChange={(fault) => fault && setFault.run({ host: host.host, fault, version })}
              disabled={!host.running}
            />
          </li>
        ))}
      </ul>
      <PanelBody>
        <p className="soft">
          Three small servers on this machine with a demo service to deploy. Make one slow, wrong or failing:
          it is so while it serves <span className="mono">{version}</span>, so that a deploy fails there and
          going back heals it.
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
