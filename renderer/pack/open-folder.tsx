import { useState } from 'react';
import type { Mode } from '../../shared/contract/common.ts';
import { PathField, useNotify } from '../app/index.ts';
import { Button, Choice, Panel, PanelBody } from '../ui/index.ts';
import type { Asked } from './asked.ts';

/** One's own pack, or a copy to review: by the system's folder dialog where the host has one, else by its path. */
export function OpenFolder({ onOpen, busy }: { onOpen: (asked: Asked) => void; busy: boolean }) {
  const [folder, setFolder] = useState('');
  const [mode, setMode] = useState<Mode>('rehearsal');
  const notify = useNotify();
  const refuse = (reason: string) => notify({ title: reason, text: '', tone: 'calm' });
  const why = folder.trim() ? null : 'Name the folder or file first.';
  const isFile = folder.trim().endsWith('.zip');
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
            label="Folder with a launch.yaml, or a review file that somebody sent"
            value={folder}
            onChange={setFolder}
            kinds={['folder', 'file']}
            extensions={['zip']}
            placeholder="/home/you/repository/launch"
          />
        </form>
        {isFile ? (
          <p className="soft">
            It opens as a copy to review: you see what its sender saw, and mark and sign that. It needs no
            network.
          </p>
        ) : (
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
        )}
        <div>
          <Button
            tone="primary"
            onPress={() => onOpen({ folder: folder.trim(), mode })}
            why={why}
            busy={busy}
          >
            {isFile ? 'Open to review' : mode === 'live' ? 'Open LIVE' : 'Open as a rehearsal'}
          </Button>
        </div>
      </PanelBody>
    </Panel>
  );
}
