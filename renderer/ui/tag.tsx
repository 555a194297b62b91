import './tag.css';
import type { ReactNode } from 'react';
import type { Tone } from './glyph/index.ts';

/** A word in a box: a state that belongs to the line it stands in. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`tag tone-${tone}`}>{children}</span>;
}

/** LIVE is red and filled, REHEARSAL violet: nobody must ever wonder which. */
export function ModeBadge({ mode }: { mode: 'live' | 'rehearsal' }) {
  return <span className={`mode mode-${mode}`}>{mode === 'live' ? 'LIVE' : 'REHEARSAL'}</span>;
}
