import type { MachineFacts } from '../../shared/contract/hardware.ts';
import { formatBytes } from '../../shared/units.ts';
import { Age, Glyph } from '../ui/index.ts';
import { type hostGlyphs, machineWords, skewWords } from './words.ts';

/** Clocks further apart than this make logs of two machines hard to read together. */
const strangeSkewMs = 1000;

/** A machine in two lines: what it is called and what it is for, what it is and how it is. */
export function MachineRow({
  name,
  targets,
  facts,
  glyph,
  problem,
  selected,
  onSelect,
}: {
  name: string;
  targets: string;
  facts: MachineFacts | null;
  glyph: (typeof hostGlyphs)[keyof typeof hostGlyphs];
  problem: string;
  selected: boolean;
  onSelect: () => void;
}) {
  const free = facts?.disks.reduce((most, { freeBytes }) => Math.max(most, freeBytes), 0);
  const skewed = Math.abs(facts?.clockSkewMs ?? 0) > strangeSkewMs;
  return (
    <button
      type="button"
      className={`row machine-row${facts ? '' : ' machine-unknown'}`}
      aria-pressed={selected}
      onClick={onSelect}
      onFocus={onSelect}
      data-row
    >
      <Glyph {...glyph} />
      <span className="machine-name strong ellipsis" title={name}>
        {name}
      </span>
      <span className="machine-about soft ellipsis" title={problem || undefined}>
        {problem || [targets, facts ? facts.os : glyph.word].filter(Boolean).join(' · ')}
      </span>
      <span className="mono machine-facts ellipsis" title={facts ? machineWords(facts) : undefined}>
        {facts && machineWords(facts)}
      </span>
      <span className="mono soft machine-free">{facts && free ? `${formatBytes(free)} free` : ''}</span>
      <span
        className={`mono machine-skew ${skewed ? 'tone-unproven' : 'mute'}`}
        title="clock against this laptop"
      >
        {facts && facts.clockSkewMs !== null ? skewWords(facts).split(' ±')[0] : ''}
      </span>
      <Age at={facts?.at ?? null} />
    </button>
  );
}
