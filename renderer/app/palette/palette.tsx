import './palette.css';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Checklist } from '../../../shared/contract/checklist.ts';
import { Glyph, type GlyphKind, KeyCap } from '../../ui/index.ts';
import { useRegistry } from '../commands/index.ts';
import { launchCommands, windowCommands } from '../frame/commands.ts';
import { useService } from '../service.ts';
import { type Candidate, rank } from './rank.ts';

const mostShown = 40;

interface Entry extends Candidate {
  glyph?: GlyphKind;
  keys?: string;
  why?: string | null;
  perform: () => void;
}

/** Every command that can be given now, and every item of the checklist, by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const entries = useEntries();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = useMemo(() => rank(search, entries, mostShown), [search, entries]);
  const chosen = found[Math.min(at, found.length - 1)];
  const optionId = (entry: Entry) => `${listId}-${entry.id}`;

  const perform = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(Math.max(0, at + step), found.length - 1);
      setAt(next);
      const entry = found[next];
      if (entry) document.getElementById(optionId(entry))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      perform(chosen);
    }
  };

  return (
    <ModalOverlay className="dialog-veil" isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="dialog palette">
        <AriaDialog className="dialog-inside" aria-label="Find a command or an item">
          <input
            className="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen && optionId(chosen)}
            aria-label="Command or item"
            placeholder="Type a command or the words of an item"
            // biome-ignore lint/a11y/noAutofocus: it is opened to type into.
            autoFocus
            spellCheck={false}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div className="palette-list" role="listbox" id={listId} aria-label="Found" tabIndex={-1}>
            {found.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are read by the input, which keeps the focus.
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                tabIndex={-1}
                aria-selected={entry === chosen}
                aria-disabled={Boolean(entry.why) || undefined}
                className="palette-option"
                onClick={() => perform(entry)}
              >
                {entry.glyph && <Glyph kind={entry.glyph} />}
                <span className="ellipsis">{entry.title}</span>
                <span className="palette-context ellipsis">{entry.why ?? entry.context}</span>
                {entry.keys && <KeyCap keys={entry.keys} />}
              </div>
            ))}
          </div>
          {found.length === 0 && (
            <p className="palette-none soft">Nothing has these words. Fewer letters find more.</p>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function useEntries(): Entry[] {
  const registry = useRegistry();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { queries } = useService();
  return useMemo(() => {
    // What belongs to this screen comes before what can be done from everywhere.
    const everywhere = new Set([windowCommands.palette.group, launchCommands.close.group]);
    const bound = registry.bound().filter(({ spec }) => spec.id !== windowCommands.palette.id);
    const commands = [
      ...bound.filter(({ spec }) => !everywhere.has(spec.group)),
      ...bound.filter(({ spec }) => everywhere.has(spec.group)),
    ].map(
      (command): Entry => ({
        id: command.spec.id,
        title: command.spec.title,
        context: command.spec.group,
        keys: command.spec.keys[0],
        why: command.why,
        perform: () => registry.perform(command),
      }),
    );
    const checklist = cache.getQueryData<Checklist>(queries.checklist.get.queryKey());
    const sections = new Map(checklist?.sections.map(({ id, path }) => [id, path.join(' › ')]));
    const items = (checklist?.items ?? []).map(
      (item): Entry => ({
        id: `item-${item.id}`,
        title: item.title,
        context: sections.get(item.section) ?? '',
        glyph: item.status,
        perform: () => void navigate({ to: '/checklist', search: { item: item.id } }),
      }),
    );
    return [...commands, ...items];
  }, [registry, navigate, cache, queries]);
}
