import './settings.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { About, Settings, Theme } from '../../shared/contract/settings.ts';
import { sentenceOf, useAction, useService } from '../app/index.ts';
import {
  Banner,
  Button,
  Choice,
  EmptyState,
  Facts,
  Glyph,
  Page,
  Panel,
  PanelBody,
  Skeleton,
  TextField,
} from '../ui/index.ts';
import { KeysPanel } from './keys-panel.tsx';

const themes: { value: Theme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'contrast', label: 'High contrast' },
  { value: 'system', label: 'As the system' },
];

/** Who one is, how it looks, what this installation can do, and every shortcut. `keys` shows the shortcuts first. */
export function SettingsScreen({ keys }: { keys: boolean }) {
  const { queries } = useService();
  const settings = useQuery(queries.settings.get.queryOptions());
  const about = useQuery(queries.settings.about.queryOptions());
  const shortcuts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (keys) shortcuts.current?.scrollIntoView({ block: 'start' });
  }, [keys]);
  const error = settings.error ?? about.error;
  return (
    <Page title="Settings" scrolls>
      {error && (
        <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
          The settings cannot be shown. {sentenceOf(error)}
        </Banner>
      )}
      <div className="settings">
        <div className="settings-column">
          <Panel title="You">
            <PanelBody>{settings.data ? <Name settings={settings.data} /> : <Skeleton rows={2} />}</PanelBody>
          </Panel>
          <Panel title="Look">
            <PanelBody>{settings.data ? <Look settings={settings.data} /> : <Skeleton rows={3} />}</PanelBody>
          </Panel>
          <Secrets />
          <Panel title="This installation">
            <PanelBody>{about.data ? <Installation about={about.data} /> : <Skeleton rows={8} />}</PanelBody>
          </Panel>
        </div>
        <div ref={shortcuts} className="settings-column">
          <KeysPanel />
        </div>
      </div>
    </Page>
  );
}

function useSet() {
  const { client, queries } = useService();
  const cache = useQueryClient();
  return useAction(client.settings.set, {
    onDone: (settings) => cache.setQueryData(queries.settings.get.queryKey(), settings),
  });
}

function Name({ settings }: { settings: Settings }) {
  const set = useSet();
  const [name, setName] = useState(settings.name);
  const changed = name.trim() !== settings.name;
  const save = () => changed && set.run({ name: name.trim() });
  return (
    <form
      className="settings-name"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label="Your name"
        value={name}
        onChange={setName}
        hint="It stands beside everything you do in the journal, from now on."
        problem={set.problem ?? undefined}
      />
      <Button onPress={save} busy={set.busy} why={changed ? null : 'This is your name already.'}>
        Use this name
      </Button>
    </form>
  );
}

function Look({ settings }: { settings: Settings }) {
  const set = useSet();
  return (
    <>
      <Choice
        label="Theme"
        options={themes}
        value={settings.theme}
        onChange={(theme) => set.run({ theme })}
        across
      />
      {set.problem && <p className="tone-fail">{set.problem}</p>}
    </>
  );
}

function Secrets() {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const { data: secrets } = useQuery(queries.settings.secrets.queryOptions());
  const forget = useAction((name: string) => client.settings.forgetSecret({ name }), {
    onDone: () => void cache.invalidateQueries({ queryKey: queries.settings.secrets.key() }),
    failure: 'The secret was not forgotten',
  });
  return (
    <Panel title="Secrets" aside={secrets && `${secrets.filter(({ kept }) => kept).length} kept`}>
      {!secrets && <Skeleton rows={2} height={37} />}
      {secrets?.length === 0 && (
        <EmptyState>No runbook asks for a secret. Values are asked for when a plan needs them.</EmptyState>
      )}
      <ul>
        {secrets?.map(({ name, kept }) => (
          <li key={name} className="settings-secret">
            <Glyph kind={kept ? 'done' : 'open'} word={kept ? 'kept' : 'not kept'} />
            <span className="mono ellipsis" title={name}>
              {name}
            </span>
            <span className="soft">{kept ? 'kept on this machine' : 'asked for when it is needed'}</span>
            {kept && (
              <Button onPress={() => forget.run(name)} about={name}>
                Forget
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const hostNames = {
  electron: 'its own window (Electron)',
  loopback: 'a browser window on this machine',
  headless: 'no window',
} as const;

function Installation({ about }: { about: About }) {
  const abilities = [
    { label: 'keep secrets', ...about.secrets },
    { label: 'stay awake', ...about.keepAwake },
    { label: 'notify', ...about.notifications },
    { label: 'pick folders', ...about.pickFolder },
  ];
  return (
    <>
      <Facts
        facts={[
          { label: 'Holdpoint', value: about.holdpoint },
          { label: 'runs in', value: hostNames[about.host] },
          { label: 'data folder', value: about.dataFolder },
          { label: 'node', value: about.node },
          { label: 'sqlite', value: about.sqlite },
          { label: 'ssh', value: about.ssh || 'not found' },
        ]}
      />
      <ul className="settings-abilities">
        {abilities.map(({ label, can, why }) => (
          <li key={label}>
            <Glyph kind={can ? 'pass' : 'waived'} word={can ? 'can' : 'cannot'} />
            <span>
              {label}
              {why && <span className="soft"> · {why}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
