import './matrix.css';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import type { HostLink, PlannedStep } from '../../shared/contract/runbook.ts';
import { Glyph } from '../ui/index.ts';
import { shortNames } from './host-names.ts';

/** One cell: a step on a host, or on the console itself where `host` is empty. */
export interface Address {
  step: string;
  host: string;
}

export interface MatrixProps {
  label: string;
  steps: readonly PlannedStep[];
  hosts: readonly string[];
  batches: readonly (readonly string[])[];
  links?: readonly HostLink[];
  selected: Address | null;
  onSelect: (address: Address) => void;
  /** What stands in a cell; null where the step does nothing on that host. */
  cell: (step: PlannedStep, host: string) => ReactNode | null;
}

const widths = { number: 38, title: 190, host: 80, mostForHost: 104 };

/** Steps down, hosts across. Arrow keys move; what the console does itself goes across all hosts. */
export function Matrix({ label, steps, hosts, batches, links, selected, onSelect, cell }: MatrixProps) {
  const box = useRef<HTMLDivElement>(null);
  const names = shortNames(hosts);
  const row = steps.findIndex(({ id }) => id === selected?.step);
  const firstOfBatch = new Set(batches.slice(1).flatMap(([first]) => first ?? []));
  const cellId = ({ step, host }: Address) =>
    `cell-${steps.findIndex(({ id }) => id === step)}-${hosts.indexOf(host)}`;

  useEffect(() => box.current?.querySelector('table')?.focus({ preventScroll: true }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the selected row in sight when it changes.
  useEffect(() => {
    box.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' });
  }, [row]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !selected) return;
    const next = neighbour(steps, selected, event.key);
    if (!next) return;
    event.preventDefault();
    onSelect(next);
  };
  const onClick = (event: MouseEvent) => {
    const { step, host } = (event.target as HTMLElement).closest<HTMLElement>('[data-step]')?.dataset ?? {};
    if (step !== undefined) onSelect({ step, host: host ?? '' });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside is the interactive element.
    <div ref={box} className="matrix" onKeyDown={onKeyDown} onClick={onClick}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of ARIA's practices for a grid.
        role="grid"
        data-home
        aria-label={label}
        aria-activedescendant={selected ? cellId(selected) : undefined}
        tabIndex={0}
        style={{ minWidth: widths.number + widths.title + hosts.length * widths.host }}
      >
        <colgroup>
          <col style={{ width: widths.number }} />
          <col />
          {hosts.map((host) => (
            <col key={host} style={{ width: hosts.length > 5 ? widths.host : widths.mostForHost }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th colSpan={2} scope="col" className="matrix-corner">
              Steps
            </th>
            {hosts.map((host) => (
              <HostHead
                key={host}
                host={host}
                name={names.get(host) ?? host}
                link={links?.find((link) => link.host === host)}
                selected={host === selected?.host}
                firstOfBatch={firstOfBatch.has(host)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id} data-selected={step.id === selected?.step || undefined}>
              <td className="matrix-number mono">{step.number}</td>
              <th
                scope="row"
                className="matrix-title ellipsis"
                title={step.title}
                data-step={step.id}
                data-host={step.hosts[0] ?? ''}
              >
                {step.title}
                {step.pointOfNoReturn && <span className="tone-fail"> · no way back from here</span>}
              </th>
              {(step.hosts.length === 0 ? [''] : hosts).map((host) => {
                const content = host === '' || step.hosts.includes(host) ? cell(step, host) : null;
                const isSelected = step.id === selected?.step && host === selected.host;
                return (
                  <td
                    key={host}
                    id={cellId({ step: step.id, host })}
                    colSpan={host === '' ? hosts.length : 1}
                    data-current={isSelected || undefined}
                    className={`matrix-cell${host === '' ? ' matrix-console' : ''}${firstOfBatch.has(host) ? ' matrix-batch' : ''}`}
                    data-step={content === null ? undefined : step.id}
                    data-host={host}
                  >
                    <span className="matrix-content">{content}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HostHead({
  host,
  name,
  link,
  selected,
  firstOfBatch,
}: {
  host: string;
  name: string;
  link: HostLink | undefined;
  selected: boolean;
  firstOfBatch: boolean;
}) {
  const troubled = link && link.state !== 'connected' ? link : null;
  return (
    <th
      scope="col"
      className={`matrix-host${firstOfBatch ? ' matrix-batch' : ''}`}
      title={troubled ? `${host}: ${troubled.text}` : host}
    >
      <span className={`matrix-content${selected ? ' strong' : ''}`}>
        {troubled && <Glyph kind="lost" word={troubled.text} />}
        <span className="ellipsis">{name}</span>
      </span>
    </th>
  );
}

/** The cell that a key moves to; null where the key is none of the grid's. */
function neighbour(steps: readonly PlannedStep[], from: Address, key: string): Address | null {
  const down = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[key];
  const across = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const at = steps.findIndex(({ id }) => id === from.step);
  const step = steps[Math.min(Math.max(0, at + (down ?? 0)), steps.length - 1)];
  if (!step || (down === undefined && across === undefined)) return null;
  const there = step.hosts.length === 0 ? [''] : step.hosts;
  if (across === undefined) {
    return { step: step.id, host: there.includes(from.host) ? from.host : (there[0] ?? '') };
  }
  const next = Math.min(Math.max(0, there.indexOf(from.host) + across), there.length - 1);
  return { step: step.id, host: there[next] ?? '' };
}
