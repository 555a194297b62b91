import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { ComputeFile } from '../../../shared/contract/compute/index.ts';
import { formatBytes } from '../../../shared/units.ts';
import { useLandmark } from '../../ui/index.ts';

/** A path: one of the files on offer, or any other that is typed. */
export function FileField({
  label,
  value,
  onChange,
  files,
  autoFocus,
}: {
  label: string;
  value: string;
  onChange: (path: string) => void;
  files: readonly ComputeFile[];
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
      defaultItems={files}
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <span className="file-field">
        <Input
          className="field-input mono"
          spellCheck={false}
          placeholder="from the pack’s folder, or a whole path"
          onFocus={(event) => event.target.select()}
        />
        <Button className="file-field-open" excludeFromTabOrder>
          <svg width="10" height="6" viewBox="0 0 10 6" aria-hidden="true" className="select-arrow">
            <path d="M1 1l4 4 4-4" />
          </svg>
        </Button>
      </span>
      <Popover className="popover" UNSTABLE_portalContainer={landmark}>
        <ListBox className="listbox" items={files}>
          {(file) => (
            <ListBoxItem id={file.path} textValue={file.path} className="listbox-item">
              <span className="mono break">{file.path}</span>
              <span className="choice-about">
                {roleWords[file.role]} · {formatBytes(file.bytes)}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

export const roleWords: Record<ComputeFile['role'], string> = {
  model: 'model',
  panel: 'panel',
  returns: 'returns',
  predictions: 'predictions',
  table: 'table',
  'feature-list': 'feature list',
  golden: 'golden sample',
  'backtest-config': 'backtest configuration',
  'apex-config': 'APEX configuration',
  grid: 'grid',
  bundle: 'bundle',
};
