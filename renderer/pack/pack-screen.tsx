import { counted } from '../../shared/units.ts';
import './pack.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Problem } from '../../shared/contract/common.ts';
import type { Opened } from '../../shared/contract/pack.ts';
import { ProblemList, sentenceOf, useAction, useCommands, useService } from '../app/index.ts';
import { Banner, Button, EmptyState, Glyph, Page, Panel, Skeleton } from '../ui/index.ts';
import type { Asked } from './asked.ts';
import { packCommands } from './commands/index.ts';
import { OpenFolder } from './open-folder.tsx';
import { Recent } from './recent.tsx';
import { SandboxOffer } from './sandbox-offer.tsx';

/** The first start, and every other time a pack is opened. */
export function PackScreen() {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [failed, setFailed] = useState<{ asked: Asked; problems: Problem[] } | null>(null);
  const worked = useQuery(queries.pack.worked.queryOptions());

  const open = useAction(
    (asked: Asked): Promise<Opened> =>
      'worked' in asked ? client.pack.openWorked({ name: asked.worked }) : client.pack.open(asked),
    {
      onDone: (opened, asked) => {
        if (!opened.ok) {
          setFailed({ asked, problems: opened.problems });
          return;
        }
        setFailed(null);
        cache.setQueryData(queries.pack.current.queryKey(), opened.launch);
        void cache.invalidateQueries();
        void navigate({ to: '/' });
      },
    },
  );
  const again = failed && { run: () => open.run(failed.asked), why: open.busy ? 'It is being read.' : null };
  const sandbox = useQuery(queries.sandbox.get.queryOptions()).data;
  const startSandbox = useAction(() => client.sandbox.start(), {
    onDone: (next) => cache.setQueryData(queries.sandbox.get.queryKey(), next),
    failure: 'The sandbox did not start',
  });
  const first = worked.data?.[0];
  const second = worked.data?.[1];
  const commands = useCommands(packCommands, {
    first: first ? { run: () => open.run({ worked: first.name }) } : null,
    second: second ? { run: () => open.run({ worked: second.name }) } : null,
    again,
    sandbox: sandbox?.state === 'stopped' ? { run: () => startSandbox.run(undefined) } : null,
  });

  return (
    <Page title="Open a launch pack" scrolls>
      <div className="packs">
        <header className="packs-head">
          <h1>Open a launch pack</h1>
          <p className="soft">
            A pack is a folder in your team’s repository: the checklist, the roles, the hosts, and how to
            deploy and go back.
          </p>
        </header>
        {open.problem && (
          <Banner tone="fail" glyph={<Glyph kind="error" word="not opened" />} alarm>
            The pack was not opened. {open.problem}
          </Banner>
        )}
        {failed && (
          <Panel
            title={`The pack has ${counted(failed.problems.length, 'problem')}`}
            tone="fail"
            glyph={<Glyph kind="fail" word="problem" />}
            aside={
              commands.again && (
                <Button keys={commands.again.spec.keys[0]} onPress={commands.again.run} busy={open.busy}>
                  Read again
                </Button>
              )
            }
          >
            <ProblemList problems={failed.problems} />
          </Panel>
        )}
        <Panel
          title="Try it: nothing but this machine is touched"
          aside="three small servers stand in for your hosts"
        >
          {worked.error && <EmptyState>{sentenceOf(worked.error)}</EmptyState>}
          {!worked.data && !worked.error && <Skeleton rows={2} height={73} />}
          <ul>
            {worked.data?.map((pack, index) => (
              <li key={pack.name} className="worked">
                <div className="worked-words">
                  <p className="worked-title">
                    <span className="strong">{pack.system}</span>{' '}
                    <span className="mute">{pack.items} items</span>
                  </p>
                  <p className="soft">{pack.about}</p>
                </div>
                <Button
                  tone={index === 0 ? 'primary' : 'plain'}
                  keys={String(index + 1)}
                  onPress={() => open.run({ worked: pack.name })}
                  busy={open.busy}
                  about={`${pack.system}, starts the sandbox`}
                >
                  {open.busy ? 'Starting the sandbox…' : 'Rehearse it'}
                </Button>
              </li>
            ))}
          </ul>
          <SandboxOffer command={commands.sandbox} starting={startSandbox.busy} />
        </Panel>
        <OpenFolder onOpen={open.run} busy={open.busy} />
        <Recent onOpen={open.run} />
      </div>
    </Page>
  );
}
