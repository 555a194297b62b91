import type { Disk } from '../../shared/contract/hardware.ts';
import { formatBytes } from '../../shared/units.ts';

/** Below this share of free space a disk is worth a look. */
const tightFraction = 0.1;

/** Free space by disk, as bars and figures. */
export function Disks({ disks }: { disks: readonly Disk[] }) {
  return (
    <ul className="disks">
      {disks.map(({ mount, sizeBytes, freeBytes }) => {
        const used = sizeBytes > 0 ? 1 - freeBytes / sizeBytes : 0;
        const tight = 1 - used < tightFraction;
        return (
          <li key={mount} className="disk">
            <span className="mono ellipsis" title={mount}>
              {mount}
            </span>
            <svg
              className={`disk-bar${tight ? ' disk-tight' : ''}`}
              width="100%"
              height="6"
              aria-hidden="true"
            >
              <rect className="disk-size" width="100%" height="6" rx="2" />
              <rect className="disk-used" width={`${used * 100}%`} height="6" rx="2" />
            </svg>
            <span className={`mono disk-free ${tight ? 'tone-unproven' : 'soft'}`}>
              {formatBytes(freeBytes)} free{tight && ', tight'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
