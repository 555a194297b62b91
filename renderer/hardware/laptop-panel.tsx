import { lazy, Suspense } from 'react';
import { formatBytes } from '../../shared/units.ts';
import { Panel } from '../ui/index.ts';
import { Disks } from './disks.tsx';
import { useLoad } from './use-load.ts';

const LoadChart = lazy(() => import('./load-chart.tsx'));

const percent = (fraction: number) => `${Math.round(fraction * 100)} %`;

/** This machine while it works. */
export function LaptopPanel() {
  const { now, points } = useLoad();
  return (
    <Panel title="This laptop now" aside="while this screen is open">
      <div className="load">
        <dl className="load-figures">
          <Figure label="CPU" tone="running" value={now && percent(now.cpuFraction)} />
          <Figure
            label="Memory"
            tone="stale"
            value={now && `${formatBytes(now.memoryUsedBytes)} of ${formatBytes(now.memoryBytes)}`}
          />
          {now?.gpus.map((gpu) => (
            <Figure
              key={gpu.model}
              label={gpu.model}
              value={gpu.utilisation === null ? 'unknown' : percent(gpu.utilisation)}
            />
          ))}
          <Figure label="Power" value={now && powerWords(now)} />
        </dl>
        <Suspense fallback={<div className="load-chart" />}>
          <LoadChart points={points} />
        </Suspense>
        <Disks disks={now?.disks ?? []} />
      </div>
    </Panel>
  );
}

function powerWords({
  onPower,
  battery,
}: {
  onPower: boolean | null;
  battery: { fraction: number; charging: boolean } | null;
}): string {
  const source = onPower === null ? '' : onPower ? 'on power' : 'on battery';
  return [battery && `battery ${percent(battery.fraction)}`, source].filter(Boolean).join(' · ') || 'unknown';
}

function Figure({ label, value, tone }: { label: string; value: string | null; tone?: string }) {
  return (
    <div className="load-figure">
      <dt className="mute">
        {tone && <span className={`load-key tone-${tone}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd className="mono">{value ?? '…'}</dd>
    </div>
  );
}
