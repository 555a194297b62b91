import './segments.css';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Tone } from './glyph/index.ts';

export interface Segment<Value extends string> {
  value: Value;
  label: string;
  /** Said after the word to those who cannot guess from it. */
  about?: string;
  /** Its colour while it is chosen. */
  tone: Tone;
}

/** One of a few, in a row of its own line. With `empties` pressing the chosen one again takes the choice back. */
export function Segments<Value extends string>({
  label,
  segments,
  value,
  onChange,
  empties = false,
  disabled = false,
}: {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  empties?: boolean;
  disabled?: boolean;
}) {
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection={!empties}
      isDisabled={disabled}
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={([chosen]) => onChange(chosen === undefined ? null : (String(chosen) as Value))}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.value} id={segment.value} className={`segment segment-${segment.tone}`}>
          {segment.label}
          {segment.about && <span className="hidden-word">: {segment.about}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
