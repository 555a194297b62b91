import './search-field.css';
import type { KeyboardEvent, Ref } from 'react';
import { KeyCap } from './key-cap.tsx';

/** With these one goes on to what was found. */
const leaving = new Set(['Escape', 'Enter', 'ArrowDown']);

/** Finds in a list. Escape empties it; Enter, the arrow down, or Escape once more give the list its focus back. */
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
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.defaultPrevented) return;
          if (event.key === 'Escape' && value) onChange('');
          else if (leaving.has(event.key)) onLeave?.();
          else return;
          event.preventDefault();
        }}
      />
      {keys && !value && <KeyCap keys={keys} />}
    </span>
  );
}
