import './search-field.css';
import type { KeyboardEvent, Ref } from 'react';
import { KeyCap } from './key-cap.tsx';

/** Finds in a list. Escape empties it, then gives the list its focus back. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  keys?: string;
  onLeave?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  ref?: Ref<HTMLInputElement>;
}) {
  const { label, value, onChange, keys, onLeave, onKeyDown, ref } = props;
  return (
    <span className="search">
      <input
        ref={ref}
        type="search"
        className="search-input"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === 'Escape') {
            event.preventDefault();
            if (value) onChange('');
            else onLeave?.();
          }
        }}
      />
      {keys && !value && <KeyCap keys={keys} />}
    </span>
  );
}
