import './hardware.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HostRow } from '../../shared/contract/hardware.ts';
import { CommandButton, sentenceOf, useAction, useCommands, useLaunch, useService } from '../app/index.ts';
import { Banner, Glyph, Page, Panel, Rows, Skeleton } from '../ui/index.ts';
import { hostCommands } from './commands/index.ts';
import { HostInspector } from './host-inspector.tsx';
import { LaptopPanel } from './laptop-panel.tsx';
import { MachineRow } from './machine-row.tsx';
import { SandboxPanel } from './sandbox-panel.tsx';
import { TrustDialog } from './trust-dialog.tsx';
import { hostGlyphs } from './words.ts';

/** This laptop and every target host: reachable, fit, and as the runbooks need them. */
export function HostsScreen({ host: place }: { host?: string }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const launch = useLaunch();
  const { data: hosts, error } = useQuery(queries.hardware.hosts.queryOptions());
  const { data: laptop } = useQuery(queries.hardware.laptop.queryOptions());
  const { data: sandbox } = useQuery(queries.sandbox.get.queryOptions());
  const [selected, setSelected] = useState<string | null>(place ?? null);
  const [trusting, setTrusting] = useState(false);
  useEffect(() => {
    if (place !== undefined) setSelected(place);
  }, [place]);
  const row = hosts?.find(({ host }) => host === selected) ?? null;

  const put = (next: HostRow) =>
    cache.setQueryData<HostRow[]>(queries.hardware.hosts.queryKey(), (before) =>
      before?.map((one) => (one.host === next.host ? next : one)),
    );
  const probe = useAction((host: string) => client.hardware.probe({ host }), {
    onDone: put,
    failure: 'The host was not looked at',
  });
  const probeAll = useAction(
    async (names: readonly string[]) => {
      await Promise.all(names.map(async (host) => put(await client.hardware.probe({ host }))));
    },
    { failure: 'Not every host was looked at' },
  );
  const start = useAction(() => client.sandbox.start(), {
    onDone: (next) => cache.setQueryData(queries.sandbox.get.queryKey(), next),
    failure: 'The sandbox did not start',
  });
  const stop = useAction(() => client.sandbox.stop(), {
    onDone: (next) => cache.setQueryData(queries.sandbox.get.queryKey(), next),
    failure: 'The sandbox did not stop',
  });

  const commands = useCommands(hostCommands, {
    probe: row && {
      run: () => probe.run(row.host),
      why: row.state === 'connecting' ? 'It is being looked at now.' : null,
    },
    probeAll: {
      run: () => probeAll.run((hosts ?? []).map(({ host }) => host)),
      why: hosts && hosts.length > 0 ? null : 'The pack names no hosts.',
    },
    trust: row?.key ? { run: () => setTrusting(true) } : null,
    sandbox: sandbox && sandbox.state !== 'running' ? { run: () => start.run(undefined) } : null,
    stopSandbox: sandbox?.state === 'running' ? { run: () => stop.run(undefined) } : null,
  });
  const showsSandbox = launch.mode === 'rehearsal' || sandbox?.state === 'running';

  return (
    <Page
      title="Hosts"
      inspector={
        <HostInspector
          name={row ? row.host : 'This laptop'}
          row={row}
          facts={row ? row.facts : (laptop ?? null)}
          commands={row ? { probe: commands.probe, trust: commands.trust } : {}}
          probing={probe.busy}
        />
      }
    >
      {error && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The hosts cannot be shown. {sentenceOf(error)}
        </Banner>
      )}
      <div className="hosts-main">
        <Panel
          title="Machines"
          aside={<CommandButton command={commands.probeAll} tone="quiet" busy={probeAll.busy} />}
        >
          <Rows>
            <MachineRow
              name="This laptop"
              targets=""
              facts={laptop ?? null}
              glyph={{ kind: 'pass', word: 'here' }}
              problem=""
              selected={row === null}
              onSelect={() => setSelected(null)}
            />
            {!hosts && <Skeleton rows={3} height={47} />}
            {hosts?.map((one) => (
              <MachineRow
                key={one.host}
                name={one.host}
                targets={one.targets.join(', ')}
                facts={one.facts}
                glyph={hostGlyphs[one.state]}
                problem={one.problem}
                selected={one.host === row?.host}
                onSelect={() => setSelected(one.host)}
              />
            ))}
          </Rows>
        </Panel>
        {showsSandbox && (
          <SandboxPanel start={commands.sandbox} stop={commands.stopSandbox} busy={start.busy || stop.busy} />
        )}
        <LaptopPanel />
      </div>
      {trusting && row?.key && (
        <TrustDialog
          hostKey={row.key}
          onClose={() => setTrusting(false)}
          onDone={(next) => {
            put(next);
            setTrusting(false);
          }}
        />
      )}
    </Page>
  );
}
