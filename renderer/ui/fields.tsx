import './fields.css';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  SelectValue,
  Text,
  TextArea,
} from 'react-aria-components';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  problem?: string;
  placeholder?: string;
  autoFocus?: boolean;
  lines?: number;
  mono?: boolean;
  secret?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, problem, placeholder, autoFocus, lines = 1, mono, secret } = props;
  const className = `field-input${mono ? ' mono' : ''}`;
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={Boolean(problem)}
      autoFocus={autoFocus}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
    >
      <Label className="field-label">{label}</Label>
      {lines > 1 ? (
        <TextArea className={className} rows={lines} placeholder={placeholder} />
      ) : (
        <Input className={className} placeholder={placeholder} spellCheck={false} />
      )}
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  );
}

interface Option<Value extends string> {
  value: Value;
  label: string;
  about?: ReactNode;
}

interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  autoFocus?: boolean;
}

/** One of a few, all of them visible. */
export function Choice<Value extends string>(props: ChoiceProps<Value> & { across?: boolean }) {
  const { label, options, value, onChange, across, autoFocus } = props;
  return (
    <RadioGroup
      className={`field choice${across ? ' choice-across' : ''}`}
      value={value}
      onChange={(next) => onChange(next as Value)}
    >
      <Label className="field-label">{label}</Label>
      <div className="choice-options">
        {options.map((option, index) => (
          <Radio
            key={option.value}
            value={option.value}
            className="choice-option"
            autoFocus={autoFocus && (value ? option.value === value : index === 0)}
          >
            <span className="choice-mark" aria-hidden="true" />
            <span>
              {option.label}
              {option.about && <span className="choice-about">{option.about}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** One of many. */
export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  autoFocus,
}: ChoiceProps<Value>) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(next) => next !== null && onChange(String(next) as Value)}
      autoFocus={autoFocus}
      placeholder="Choose…"
    >
      <Label className="field-label">{label}</Label>
      <AriaButton className="field-input select-button">
        <SelectValue className="ellipsis" />
        <svg width="10" height="6" viewBox="0 0 10 6" aria-hidden="true" className="select-arrow">
          <path d="M1 1l4 4 4-4" />
        </svg>
      </AriaButton>
      <Popover className="popover">
        <ListBox className="listbox" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className="listbox-item">
              {option.label}
              {option.about && <span className="choice-about">{option.about}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
