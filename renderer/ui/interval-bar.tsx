import './interval-bar.css';
import type { Tone } from './glyph/index.ts';
import { type Interval, scaleInterval } from './interval.ts';

/** The rule as a tick, the interval as a band, the estimate as a dot, all in the verdict's colour. */
export function IntervalBar({ of, tone, label }: { of: Interval; tone: Tone; label: string }) {
  const { bound, estimate, from, to } = scaleInterval(of);
  return (
    <svg className={`interval tone-${tone}`} role="img" aria-label={label} height="14" width="100%">
      <title>{label}</title>
      <line className="interval-rest" x1="0%" x2="100%" y1="7" y2="7" />
      <line className="interval-band" x1={`${from}%`} x2={`${to}%`} y1="7" y2="7" />
      <line className="interval-rule" x1={`${bound}%`} x2={`${bound}%`} y1="1" y2="13" />
      <circle className="interval-dot" cx={`${estimate}%`} cy="7" r="3.4" />
    </svg>
  );
}

/** What the signs of an interval bar mean, for the head of a list. */
export function IntervalLegend() {
  return (
    <span className="interval-legend">
      rule
      <svg width="3" height="13" aria-hidden="true">
        <line className="interval-rule" x1="1.5" x2="1.5" y1="0" y2="13" />
      </svg>
      interval
      <svg width="22" height="9" aria-hidden="true">
        <line className="interval-band" x1="0" x2="22" y1="4.5" y2="4.5" />
        <circle className="interval-dot" cx="11" cy="4.5" r="3.4" />
      </svg>
      estimate
    </span>
  );
}
