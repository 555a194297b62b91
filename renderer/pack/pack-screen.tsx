import './pack.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Mode, Problem } from '../../shared/contract/common.ts';
import type { Opened } from '../../shared/contract/pack.ts';
import { ProblemList, sentenceOf, useAction, useCommands, useService } from '../app/index.ts';
import {
  Banner,
  Button,
  Choice,
  EmptyState,
  formatMoment,
  Glyph,
  KeyCap,
  ModeBadge,
  Page,
  Panel,
  PanelBody,
  Rows,
  Skeleton,
  TextField,
  useNow,
} from '../ui/index.ts';
import { packCommands } from './commands/index.ts';

/** What was asked for, so that it can be asked for again once the files are mended. */
type Asked = { folder: string; mode: Mode } | { worked: string };

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
  const first = worked.data?.[0];
  const second = worked.data?.[1];
  const commands = useCommands(packCommands, {
    first: first ? { run: () => open.run({ worked: first.name }) } : null,
    second: second ? { run: () => open.run({ worked: second.name }) } : null,
    again,
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
            title={`The pack has ${failed.problems.length} ${failed.problems.length === 1 ? 'problem' : 'problems'}`}
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
        </Panel>
        <OpenFolder onOpen={open.run} busy={open.busy} />
        <Recent onOpen={open.run} />
      </div>
    </Page>
  );
}

function OpenFolder({ onOpen, busy }: { onOpen: (asked: Asked) => void; busy: boolean }) {
  const { client, queries } = useService();
  const about = useQuery(queries.settings.about.queryOptions()).data;
  const [folder, setFolder] = useState('');
  const [mode, setMode] = useState<Mode>('rehearsal');
  const pick = useAction(() => client.settings.pickFolder(), {
    onDone: (picked) => picked && setFolder(picked),
    failure: 'No folder was chosen',
  });
  const why = folder.trim() ? null : 'Name the folder first.';
  return (
    <Panel title="Your own">
      <PanelBody>
        <form
          className="open-folder"
          onSubmit={(event) => {
            event.preventDefault();
            if (!why) onOpen({ folder: folder.trim(), mode });
          }}
        >
          <TextField
            label="Folder with a launch.yaml"
            value={folder}
            onChange={setFolder}
            mono
            placeholder="/home/you/repository/launch"
          />
          {about?.pickFolder.can && (
            <Button onPress={() => pick.run(undefined)} busy={pick.busy}>
              Choose…
            </Button>
          )}
        </form>
        <Choice
          label="Open it as"
          value={mode}
          onChange={setMode}
          across
          options={[
            { value: 'rehearsal', label: 'Rehearsal', about: 'Runs go to the sandbox.' },
            { value: 'live', label: 'LIVE', about: 'Runs go to your real hosts.' },
          ]}
        />
        <div>
          <Button
            tone="primary"
            onPress={() => onOpen({ folder: folder.trim(), mode })}
            why={why}
            busy={busy}
          >
            {mode === 'live' ? 'Open LIVE' : 'Open as a rehearsal'}
          </Button>
        </div>
      </PanelBody>
    </Panel>
  );
}

function Recent({ onOpen }: { onOpen: (asked: Asked) => void }) {
  const { queries } = useService();
  const now = useNow(60);
  const { data: recent } = useQuery(queries.pack.recent.queryOptions());
  if (!recent || recent.length === 0) return null;
  return (
    <Panel title="Opened before">
      <Rows>
        {recent.map(({ folder, system, version, mode, openedAt, there }) => (
          <button
            key={`${folder} ${mode}`}
            type="button"
            className="recent"
            aria-disabled={!there || undefined}
            onClick={() => there && onOpen({ folder, mode })}
            data-row
          >
            <span className="ellipsis">
              <span className="strong">{system}</span> <span className="mono soft">{version}</span>
            </span>
            <span className="mono soft ellipsis" title={folder}>
              {there ? folder : `not there any more: ${folder}`}
            </span>
            <ModeBadge mode={mode} />
            <span className="mono mute recent-at">{formatMoment(new Date(openedAt), new Date(now))}</span>
            {there ? <KeyCap keys="Enter" /> : <span />}
          </button>
        ))}
      </Rows>
    </Panel>
  );
}
