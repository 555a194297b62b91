import './panel.css';
import { type ReactNode, useId } from 'react';
import type { Tone } from './glyph/index.ts';

export interface PanelProps {
  title: ReactNode;
  /** Right end of the head: a count, a unit, a small control. */
  aside?: ReactNode;
  glyph?: ReactNode;
  tone?: Tone;
  children: ReactNode;
  /** The body scrolls inside the panel instead of growing it. */
  fills?: boolean;
  className?: string;
}

/** A titled part of a screen; its title names the landmark. */
export function Panel({ title, aside, glyph, tone, children, fills = false, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section
      className={`panel${fills ? ' panel-fills' : ''}${tone ? ` panel-${tone}` : ''} ${className}`}
      aria-labelledby={id}
    >
      <header className="panel-head">
        {glyph}
        <h2 id={id} className="panel-title ellipsis">
          {title}
        </h2>
        {aside && <div className="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** Text and controls inside a panel, with its padding. */
export function PanelBody({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`panel-body ${className}`}>{children}</div>;
}
