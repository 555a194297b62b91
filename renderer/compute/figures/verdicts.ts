import type { Judgement } from '../../../shared/contract/compute/index.ts';
import type { GlyphKind, Tone } from '../../ui/index.ts';

export const verdicts: Record<Judgement['verdict'], { kind: GlyphKind; word: string; tone: Tone }> = {
  pass: { kind: 'pass', word: 'proven', tone: 'pass' },
  fail: { kind: 'fail', word: 'fails', tone: 'fail' },
  unproven: { kind: 'unproven', word: 'not proven yet', tone: 'unproven' },
  error: { kind: 'error', word: 'could not be measured', tone: 'error' },
  'not-checked': { kind: 'open', word: 'not checked', tone: 'open' },
};

const worstFirst: readonly Judgement['verdict'][] = ['fail', 'error', 'unproven', 'pass', 'not-checked'];

/** What does not hold first, and in the order of the document where the verdict is the same. */
export function byVerdict<One extends Pick<Judgement, 'verdict'>>(judged: readonly One[]): One[] {
  return [...judged].sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict));
}
