import './progress-bar.css';
import { Glyph, type GlyphKind } from './glyph/index.ts';

export interface Share {
  kind: GlyphKind;
  word: string;
  count: number;
}

/** Counts side by side in one bar, each in its own colour and pattern; the same counts stand below as words. */
export function ProgressBar({ shares }: { shares: readonly Share[] }) {
  const shown = shares.filter(({ count }) => count > 0);
  return (
    <div className="progress">
      <div className="progress-bar" aria-hidden="true">
        {shown.map(({ kind, count }) => (
          <span key={kind} className={`progress-share progress-${kind}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="progress-words">
        {shares.map(({ kind, word, count }) => (
          <li key={kind} className={count === 0 ? 'mute' : 'soft'}>
            <Glyph kind={kind} silent />
            <span className="mono">{count.toLocaleString('en')}</span> {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
