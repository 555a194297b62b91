import type { Tone } from '../../ui/index.ts';

/** A share as a bar, with a tick at a bound where there is one. The figure stands beside it in words. */
export function ShareBar({ share, bound, tone }: { share: number; bound?: number; tone: Tone }) {
  const clamp = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;
  return (
    <svg className={`share tone-${tone}`} width="100%" height="11" aria-hidden="true">
      <rect className="share-rest" width="100%" height="5" y="3" rx="2" />
      <rect className="share-part" width={clamp(share)} height="5" y="3" rx="2" />
      {bound !== undefined && (
        <line className="share-bound" x1={clamp(bound)} x2={clamp(bound)} y1="0" y2="11" />
      )}
    </svg>
  );
}
