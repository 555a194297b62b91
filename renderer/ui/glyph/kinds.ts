export type Tone = 'pass' | 'fail' | 'unproven' | 'stale' | 'error' | 'claimed' | 'open' | 'running' | 'hold';

/** Every state that has a glyph: the colour it takes and the word that goes with it. */
export const glyphs = {
  pass: { tone: 'pass', word: 'proven' },
  fail: { tone: 'fail', word: 'fails' },
  unproven: { tone: 'unproven', word: 'not proven yet' },
  stale: { tone: 'stale', word: 'stale' },
  error: { tone: 'error', word: 'could not be measured' },
  done: { tone: 'pass', word: 'done' },
  claimed: { tone: 'claimed', word: 'claimed only' },
  open: { tone: 'open', word: 'open' },
  active: { tone: 'running', word: 'being worked on' },
  failed: { tone: 'fail', word: 'failed' },
  blocked: { tone: 'fail', word: 'blocked' },
  waived: { tone: 'claimed', word: 'waived' },
  overridden: { tone: 'unproven', word: 'overridden' },
  disputed: { tone: 'fail', word: 'disputed' },
  running: { tone: 'running', word: 'running' },
  hold: { tone: 'hold', word: 'holds' },
  'timed-out': { tone: 'fail', word: 'timed out' },
  lost: { tone: 'error', word: 'lost' },
  unknown: { tone: 'error', word: 'unknown' },
  skipped: { tone: 'claimed', word: 'skipped' },
  'left-out': { tone: 'claimed', word: 'left out' },
} as const satisfies Record<string, { tone: Tone; word: string }>;

export type GlyphKind = keyof typeof glyphs;
