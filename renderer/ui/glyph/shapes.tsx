import type { ReactNode } from 'react';
import type { GlyphKind } from './kinds.ts';

const tick = 'M4.9 8.3 7.1 10.4 11.2 5.9';
const cross = 'M5.6 5.6 10.4 10.4M10.4 5.6 5.6 10.4';
const octagon = 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z';
const ring = <circle className="line" cx="8" cy="8" r="6.3" />;

/** Drawn on a 16 × 16 grid. `fill` takes the colour, `line` strokes with it, `cut` shows what lies behind. */
export const shapes: Record<GlyphKind, ReactNode> = {
  pass: (
    <>
      <circle className="fill" cx="8" cy="8" r="7" />
      <path className="cut" d={tick} />
    </>
  ),
  fail: (
    <>
      <rect className="fill" x="1.6" y="1.6" width="12.8" height="12.8" rx="2.2" />
      <path className="cut" d={cross} />
    </>
  ),
  unproven: (
    <>
      <path className="line" d="M8 1.2 14.8 8 8 14.8 1.2 8z" />
      <path className="fill" d="M8 1.2V14.8L1.2 8z" />
    </>
  ),
  stale: (
    <>
      {ring}
      <path className="line" d="M8 4.6V8.2L10.4 9.7" />
    </>
  ),
  error: (
    <>
      <path className="line" d="M8 1.9 14.8 13.8H1.2z" />
      <path className="line" d="M8 6.4v3.6M8 11.7v.3" />
    </>
  ),
  done: (
    <>
      {ring}
      <path className="line" d={tick} />
    </>
  ),
  claimed: (
    <>
      <circle className="line dashed" cx="8" cy="8" r="6.3" />
      <path className="line" d={tick} />
    </>
  ),
  open: ring,
  active: (
    <>
      {ring}
      <circle className="fill" cx="8" cy="8" r="2.7" />
    </>
  ),
  failed: (
    <>
      <rect className="line" x="2" y="2" width="12" height="12" rx="2" />
      <path className="line" d={cross} />
    </>
  ),
  blocked: (
    <>
      <path className="line" d={octagon} />
      <path className="line" d="M4.9 8h6.2" />
    </>
  ),
  waived: (
    <>
      {ring}
      <path className="line" d="M5 8h6" />
    </>
  ),
  overridden: (
    <>
      <path className="line" d="M8 1.2 14.8 8 8 14.8 1.2 8z" />
      <path className="line" d="M5 8h6M8.8 5.8 11 8 8.8 10.2" />
    </>
  ),
  disputed: (
    <>
      {ring}
      <path className="line" d="M4.9 6.6h6.2M4.9 9.4h6.2M9.6 4.7 6.4 11.3" />
    </>
  ),
  running: (
    <>
      <circle className="line rest" cx="8" cy="8" r="6.3" />
      <path className="line arc" d="M8 1.7A6.3 6.3 0 0 1 14.3 8" />
    </>
  ),
  hold: (
    <>
      {ring}
      <path className="line" d="M6.3 5.5v5M9.7 5.5v5" />
    </>
  ),
  'timed-out': (
    <>
      <rect className="line" x="2" y="2" width="12" height="12" rx="2" />
      <path className="line" d="M8 4.8V8.2L10.3 9.6" />
    </>
  ),
  lost: (
    <>
      <path className="line" d="M3.5 3.6A6.3 6.3 0 0 0 6.6 14.1M9.4 1.9A6.3 6.3 0 0 1 12.5 12.4" />
      <path className="line" d="M3 14 13 2" />
    </>
  ),
  unknown: (
    <>
      {ring}
      <path className="line" d="M6.2 6.4A1.9 1.9 0 1 1 8 8.3V9.4M8 11.4v.2" />
    </>
  ),
  skipped: (
    <>
      {ring}
      <path className="line" d="M5.4 5.4 8 8 5.4 10.6M8.4 5.4 11 8 8.4 10.6" />
    </>
  ),
  'left-out': (
    <>
      {ring}
      <path className="line" d="M3.6 12.4 12.4 3.6" />
    </>
  ),
};
