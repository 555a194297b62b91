import './settings.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Settings, Theme } from '../../shared/contract/settings.ts';
import { sentenceOf, useAction, useService } from '../app/index.ts';
import { Banner, Button, Choice, Glyph, Page, Panel, PanelBody, Skeleton, TextField } from '../ui/index.ts';
import { Installation } from './installation.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { Secrets } from './secrets.tsx';

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
