import type { ComputedFigure } from '../../../shared/contract/compute/index.ts';
import { EmptyState, Facts, Panel, PanelBody } from '../../ui/index.ts';
import { formatInterval, formatValue } from './format.ts';

/** How the chosen figure was computed, in words. */
export function FigureInspector({
  figure,
}: {
  figure: (ComputedFigure & { ours?: ComputedFigure | null }) | undefined;
}) {
  return (
    <Panel title={figure?.title ?? 'Selected figure'} className="compute-inspector">
      {figure ? (
        <PanelBody>
          <Facts
            facts={[
              { label: figure.ours ? 'theirs' : 'value', value: formatValue(figure.value, figure.unit) },
              ...(figure.ours
                ? [{ label: 'ours', value: formatValue(figure.ours.value, figure.ours.unit) }]
                : []),
              {
                label: '95 %',
                value: formatInterval(figure.ours?.interval ? figure.ours : figure) || 'not an estimate',
              },
            ]}
          />
          <p className="soft break">{figure.convention}</p>
          {figure.ours && figure.ours.convention !== figure.convention && (
            <p className="soft break">Ours: {figure.ours.convention}</p>
          )}
        </PanelBody>
      ) : (
        <EmptyState>Choose a figure to read how it was computed.</EmptyState>
      )}
    </Panel>
  );
}
