import './fields.css';
import { useId } from 'react';

/** A file of this machine, by the browser's own dialog. */
export function FileField({
  label,
  onChange,
  autoFocus = false,
}: {
  label: string;
  onChange: (file: File | null) => void;
  autoFocus?: boolean;
}) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        className="field-file"
        // biome-ignore lint/a11y/noAutofocus: it is the first field of the dialog that was just asked for.
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.files?.[0] ?? null)}
      />
    </div>
  );
}
