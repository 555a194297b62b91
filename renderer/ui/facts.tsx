import './facts.css';
import { Fragment, type ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** A glyph at the right end. */
  mark?: ReactNode;
}

/** Labels and measured values, one pair a line. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, mark }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a label may repeat (two rules), and the list is never reordered.
        <Fragment key={`${label}-${index}`}>
          <dt className="mute mono">{label}</dt>
          <dd className="facts-value mono break">
            <span>{value}</span>
            {mark}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
