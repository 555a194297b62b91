import './sentence.css';
import type { ReactNode } from 'react';
import type { Tone } from './glyph/index.ts';

/** The sentence that says why, and what to do about it. */
export function Sentence({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <p className={`sentence tone-${tone} break`}>{children}</p>;
}

/** A sentence across the whole screen: what is wrong, and the one thing to press. */
export function Banner({
  tone,
  glyph,
  children,
  action,
  alarm = false,
}: {
  tone: Tone;
  glyph?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  alarm?: boolean;
}) {
  return (
    <div className={`banner banner-${tone}`} role={alarm ? 'alert' : 'status'}>
      {glyph}
      <div className="banner-words break">{children}</div>
      {action}
    </div>
  );
}
