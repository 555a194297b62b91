import type { ProfileView } from '../../../shared/contract/compute/index.ts';
import { formatNumber } from '../figures/format.ts';

type Numbers = NonNullable<ProfileView['columns'][number]['numbers']>;

/** How a column is spread: 1st to 99th percentile as a line, the middle half as a bar, the median as a tick. */
export function RangeBar({ numbers }: { numbers: Numbers }) {
  const { p01, p25, p50, p75, p99 } = numbers;
  const width = p99 - p01;
  const at = (value: number) => (width > 0 ? 4 + ((value - p01) / width) * 92 : 50);
  const label = `1 % ${formatNumber(p01)}, 25 % ${formatNumber(p25)}, median ${formatNumber(p50)}, 75 % ${formatNumber(p75)}, 99 % ${formatNumber(p99)}`;
  return (
    <svg className="range" role="img" aria-label={label} width="100%" height="13">
      <title>{label}</title>
      <line className="range-line" x1="4%" x2="96%" y1="6.5" y2="6.5" />
      <rect
        className="range-half"
        x={`${at(p25)}%`}
        width={`${Math.max(0.5, at(p75) - at(p25))}%`}
        y="3"
        height="7"
      />
      <line className="range-median" x1={`${at(p50)}%`} x2={`${at(p50)}%`} y1="1" y2="12" />
    </svg>
  );
}
