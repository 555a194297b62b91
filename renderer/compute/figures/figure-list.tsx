import type { ComputedFigure } from '../../../shared/contract/compute/index.ts';
import { Panel, Rows } from '../../ui/index.ts';
import { formatInterval, formatValue } from './format.ts';

type Shown = ComputedFigure & { ours?: ComputedFigure | null };

/** Figures with their intervals. What one means is told where it is hovered, and by the inspector where it is chosen. */
export function FigureList({
  title,
  aside,
  figures,
  selected,
  onSelect,
}: {
  title: string;
  aside?: string;
  figures: readonly Shown[];
  /** By name. */
  selected: string | null;
  onSelect: (name: string) => void;
}) {
  const hasOurs = figures.some(({ ours }) => ours);
  const isPlain = !hasOurs && figures.every(({ interval }) => interval === null);
  const layout = hasOurs ? ' figure-both' : isPlain ? ' figure-plain' : '';
  return (
    <Panel title={title} aside={hasOurs ? 'theirs, then ours' : aside}>
      <Rows className={`figure-rows${layout}`}>
        {figures.map((figure) => (
          <button
            key={figure.name}
            type="button"
            className="row figure-row"
            title={figure.convention}
            aria-pressed={figure.name === selected}
            onClick={() => onSelect(figure.name)}
            onFocus={() => onSelect(figure.name)}
            data-row
          >
            <span className="ellipsis">{figure.title}</span>
            <span className={`mono figure-value${figure.value === null ? ' mute' : ''}`}>
              {formatValue(figure.value, figure.unit)}
            </span>
            {hasOurs && (
              <span className="mono figure-value">
                {figure.ours ? formatValue(figure.ours.value, figure.ours.unit) : ''}
              </span>
            )}
            {!isPlain && (
              <span className="mono soft figure-interval">
                {formatInterval(figure.ours?.interval ? figure.ours : figure)}
              </span>
            )}
          </button>
        ))}
      </Rows>
    </Panel>
  );
}
