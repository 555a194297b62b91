import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { useLandmark } from '../../ui/index.ts';

export interface Offer {
  value: string;
  about?: string;
}

/** One of the values on offer, or any other that is typed. */
export function OfferField({
  label,
  hint,
  placeholder,
  value,
  onChange,
  offers,
  autoFocus,
}: {
  label: string;
  hint?: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  offers: readonly Offer[];
  autoFocus?: boolean;
}) {
  const { ref, landmark } = useLandmark();
  return (
    <ComboBox
      ref={ref}
      className="field"
      allowsCustomValue
      inputValue={value}
      onInputChange={onChange}
      defaultItems={offers}
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <span className="offer-field">
        <Input
          className="field-input mono"
          spellCheck={false}
          placeholder={placeholder}
          onFocus={(event) => event.target.select()}
        />
        <Button className="offer-field-open" excludeFromTabOrder>
          <svg width="10" height="6" viewBox="0 0 10 6" aria-hidden="true" className="select-arrow">
            <path d="M1 1l4 4 4-4" />
          </svg>
        </Button>
      </span>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="popover" UNSTABLE_portalContainer={landmark}>
        <ListBox className="listbox" items={offers}>
          {({ value: offered, about }) => (
            <ListBoxItem id={offered} textValue={offered} className="listbox-item">
              <span className="mono break">{offered}</span>
              {about && <span className="choice-about">{about}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
