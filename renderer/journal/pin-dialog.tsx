import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimelineRow } from '../../shared/contract/journal.ts';
import { useAction, useService } from '../app/index.ts';
import { Dialog, formatSecond, formatWall, TextField } from '../ui/index.ts';

/** Pins an entry, and tells it in the words of who looks back. */
export function PinDialog({ row, note, onClose }: { row: TimelineRow; note: string; onClose: () => void }) {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const [words, setWords] = useState(note);
  const at = new Date(row.at);
  const pin = useAction(() => client.journal.pin({ device: row.device, seq: row.seq, note: words.trim() }), {
    onDone: (pins) => {
      cache.setQueryData(queries.journal.pins.queryKey(), pins);
      onClose();
    },
  });
  return (
    <Dialog
      title="Pin and retell"
      onClose={onClose}
      problem={pin.problem}
      confirm={{ label: 'Pin it', chord: true, onPress: () => pin.run(undefined), busy: pin.busy }}
    >
      <p className="mono mute">
        {formatWall(at)}, {formatSecond(at)}
      </p>
      <p className="break">{row.text}</p>
      <TextField
        label="In your words"
        value={words}
        onChange={setWords}
        lines={4}
        autoFocus
        hint="It stands below the entry in the curated timeline. It may stay empty."
      />
    </Dialog>
  );
}
