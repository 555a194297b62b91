import './path-field.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react';
import {
  ComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import type { PathKind } from '../../../shared/contract/paths.ts';
import { Button, useLandmark } from '../../ui/index.ts';
import { useService } from '../service.ts';
import { useAction } from '../use-action.ts';

export interface PathFieldProps {
  label: string;
  value: string;
  onChange: (path: string) => void;
  /** What may be chosen with the system's dialog. */
  kinds: readonly PathKind[];
  /** Endings of the files that fit, without their dot. */
  extensions?: readonly string[];
  hint?: ReactNode;
  placeholder?: string;
  autoFocus?: boolean;
}

const words: Record<PathKind, string> = {
  folder: 'Choose a folder…',
  file: 'Choose a file…',
  'new-file': 'Choose where…',
};

/**
 * A path on this machine: typed, with what is there offered below it, or chosen with the system's dialog where the host
 * has one. Arrow down goes into the list, Enter takes from it, Escape closes it alone.
 */
export function PathField(props: PathFieldProps) {
  const { label, value, onChange, kinds, extensions = [], hint, placeholder, autoFocus } = props;
  const { client, queries } = useService();
  const { ref, landmark } = useLandmark();
  const can = useQuery(queries.settings.about.queryOptions()).data?.pickPath.can ?? false;
  const files = kinds.some((kind) => kind !== 'folder') ? [...extensions] : null;
  const { data } = useQuery({
    ...queries.paths.complete.queryOptions({ input: { typed: value, files } }),
    placeholderData: keepPreviousData,
  });
  const pick = useAction(
    (kind: PathKind) => client.paths.pick({ kind, extensions: [...extensions], at: value }),
    { onDone: (path) => path && onChange(path), failure: 'Nothing was chosen' },
  );
  const typing = useRef(false);
  // What is typed in full already needs no offer.
  const paths = data?.paths.filter(({ path }) => path !== value) ?? [];
  return (
    <ComboBox
      ref={ref}
      className="field"
      inputValue={value}
      onInputChange={(path) => {
        typing.current = true;
        onChange(path);
      }}
      selectedKey={null}
      onSelectionChange={(path) => path !== null && onChange(String(path))}
      items={paths}
      allowsCustomValue
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <Row offered={paths} typing={typing}>
        <Input className="field-input mono" placeholder={placeholder} spellCheck={false} autoComplete="off" />
        {can &&
          kinds.map((kind) => (
            <Button key={kind} onPress={() => pick.run(kind)} busy={pick.busy}>
              {words[kind]}
            </Button>
          ))}
      </Row>
      {(hint || data?.problem) && (
        <Text slot="description" className="field-hint">
          {data?.problem ? `${data.problem}.` : hint}
        </Text>
      )}
      <Popover className="popover" UNSTABLE_portalContainer={landmark}>
        <ListBox className="listbox">
          {({ path, name, kind }: (typeof paths)[number]) => (
            <ListBoxItem id={path} textValue={name} className="listbox-item mono">
              {name}
              {kind === 'folder' && '/'}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Opens the list once there is an offer for what is being typed. Escape closes it, and nothing around it. */
function Row(props: { offered: readonly unknown[]; typing: RefObject<boolean>; children: ReactNode }) {
  const { offered, typing, children } = props;
  const state = useContext(ComboBoxStateContext);
  const opening = offered.length > 0 && state?.isFocused && !state.isOpen;
  useEffect(() => {
    if (opening && typing.current) state?.open(null, 'input');
  }, [opening, state, typing]);
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!state?.isOpen) return;
    const input = event.target as HTMLElement;
    const form = input.closest('form');
    const isSent = event.key === 'Enter' && form && !input.hasAttribute('aria-activedescendant');
    if (event.key !== 'Escape' && !isSent) return;
    event.preventDefault();
    event.stopPropagation();
    typing.current = false;
    state.close();
    // Enter means the field as it stands while nothing in the list is lit; the list would keep it to itself.
    if (isSent) form.requestSubmit();
  };
  return (
    <div className="path-row" onKeyDownCapture={onKeyDownCapture}>
      {children}
    </div>
  );
}
