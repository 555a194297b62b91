import { useState } from 'react';
import type { Mode } from '../../shared/contract/common.ts';
import { PathField, useNotify } from '../app/index.ts';
import { Button, Choice, Panel, PanelBody } from '../ui/index.ts';
import type { Asked } from './asked.ts';

/** One's own pack: by the system's folder dialog where the host has one, else by its path. */
export function OpenFolder({ onOpen, busy }: { onOpen: (asked: Asked) => void; busy: boolean }) {
  const [folder, setFolder] = useState('');
  const [mode, setMode] = useState<Mode>('rehearsal');
  const notify = useNotify();
  const refuse = (reason: string) => notify({ title: reason, text: '', tone: 'calm' });
  const why = folder.trim() ? null : 'Name the folder first.';
  return (
    <Panel title="Your own">
      <PanelBody>
        <form
          className="open-folder"
          onSubmit={(event) => {
            event.preventDefault();
            if (why) refuse(why);
            else onOpen({ folder: folder.trim(), mode });
          }}
        >
          <PathField
            label="Folder with a launch.yaml"
            value={folder}
            onChange={setFolder}
            kinds={['folder']}
            placeholder="/home/you/repository/launch"
          />
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
