import type { SignatureRow, SignoffsView } from '../../shared/contract/signoff.ts';
import type { GlyphKind, Tone } from '../ui/index.ts';

export type Standing = SignoffsView['standings'][number];
export type Answer = Standing['answers'][number];

interface Shown {
  glyph: GlyphKind;
  tone: Tone;
  word: string;
}

/** How each thing a role can say is shown. */
export const verdicts: Record<Standing['verdict'], Shown> = {
  go: { glyph: 'pass', tone: 'pass', word: 'GO' },
  'go-with-condition': { glyph: 'unproven', tone: 'unproven', word: 'GO IF' },
  'no-go': { glyph: 'fail', tone: 'fail', word: 'NO-GO' },
  conflict: { glyph: 'disputed', tone: 'fail', word: 'CONFLICT' },
  outdated: { glyph: 'stale', tone: 'stale', word: 'OUTDATED' },
  'not-entitled': { glyph: 'blocked', tone: 'fail', word: 'DOES NOT COUNT' },
  abstain: { glyph: 'waived', tone: 'claimed', word: 'ABSTAINS' },
  missing: { glyph: 'open', tone: 'claimed', word: 'NO ANSWER' },
  silent: { glyph: 'fail', tone: 'fail', word: 'SILENT' },
};

export const answers: Record<Answer['answer'], string> = {
  go: 'go',
  'go-with-condition': 'go if',
  'no-go': 'no-go',
  abstain: 'abstains',
};

export const standings: Record<SignatureRow['standing'], { glyph: GlyphKind; word: string }> = {
  counts: { glyph: 'pass', word: 'counts' },
  outdated: { glyph: 'stale', word: 'outdated' },
  replaced: { glyph: 'skipped', word: 'replaced' },
};

/** Enough of a fingerprint to tell keys apart by eye; the whole is in the title. */
export function shortOf(fingerprint: string): string {
  return fingerprint.length > 16 ? `${fingerprint.slice(0, 15)}…` : fingerprint;
}
