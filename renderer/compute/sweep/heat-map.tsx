import { type CSSProperties, useState } from 'react';
import type { SweepView } from '../../../shared/contract/compute/index.ts';
import { Panel, PanelBody, ScrollArea, Select } from '../../ui/index.ts';
import { formatValue } from '../figures/format.ts';
import { type Cell, type Cut, cellsOf, firstCut, heatOf, type Measure, measures } from './heat.ts';

/** The grid over two of its axes, coloured from worst to best. It fills while the sweep runs. */
export function HeatMap({ sweep }: { sweep: SweepView }) {
  const [cut, setCut] = useState<Cut>(() => firstCut(sweep));
  const [measure, setMeasure] = useState<Measure>('sharpe');
  const { axes, points, size } = sweep;
  const cells = cellsOf(sweep, cut, measure);
  const down = cut.down === null ? null : axes[cut.down];
  const across = axes[cut.across];
  const others = axes.flatMap((axis, index) =>
    index === cut.across || index === cut.down ? [] : [{ ...axis, index }],
  );
  const open = others.filter(({ index }) => cut.held[index] === null).map(({ name }) => name);
  return (
    <Panel
      title="Heat map"
      aside={`${points.length.toLocaleString('en')} of ${size.toLocaleString('en')} points`}
    >
      <PanelBody className="heat-controls">
        <AxisSelect
          label="Across"
          axes={axes}
          value={cut.across}
          onChange={(next) =>
            setCut({ ...cut, across: next, down: next === cut.down ? cut.across : cut.down })
          }
        />
        {cut.down !== null && (
          <AxisSelect
            label="Down"
            axes={axes}
            value={cut.down}
            onChange={(next) =>
              setCut({ ...cut, down: next, across: next === cut.across ? (cut.down ?? 0) : cut.across })
            }
          />
        )}
        <Select<Measure>
          label="Colour"
          value={measure}
          onChange={setMeasure}
          options={Object.entries(measures).map(([value, { label }]) => ({ value: value as Measure, label }))}
        />
        {others.map(({ name, values, index }) => (
          <Select
            key={name}
            label={name}
            value={String(cut.held[index] ?? 'all')}
            onChange={(next) =>
              setCut({
                ...cut,
                held: cut.held.map((one, axis) =>
                  axis !== index ? one : next === 'all' ? null : Number(next),
                ),
              })
            }
            options={[
              { value: 'all', label: 'all, their mean' },
              ...values.map((value, at) => ({ value: String(at), label: value })),
            ]}
          />
        ))}
      </PanelBody>
      <ScrollArea label="Heat map: the cells" className="heat-scroll">
        <table className="heat-table mono">
          <caption className="hidden-word">
            {measures[measure].label} by {across?.name} and {down?.name ?? 'nothing else'}
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden-word">
                  {down?.name ?? 'all'}, by {across?.name}
                </span>
              </th>
              {across?.values.map((value) => (
                <th key={value} scope="col">
                  {value}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, at) => (
              <tr key={down?.values[at] ?? 'all'}>
                <th scope="row">{down?.values[at] ?? 'all'}</th>
                {row.map((cell, column) => (
                  <HeatCell
                    key={across?.values[column]}
                    cell={cell}
                    heat={cell.value === null ? null : heatOf(cell.value, cells, measure)}
                    unit={measures[measure].unit}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <p className="soft heat-note">
        {open.length > 0 && `Each cell is the mean over ${open.join(' and ')}. `}
        The framed cell holds the best point. Green is better; a dot is still to come, a cross could not be
        run.
      </p>
    </Panel>
  );
}

function HeatCell({ cell, heat, unit }: { cell: Cell; heat: number | null; unit: string }) {
  const className = `heat heat-gain${cell.best ? ' heat-best' : ''}`;
  if (cell.value === null || heat === null) {
    return (
      <td className="mute" title={cell.problem || 'still to come'}>
        {cell.count > 0 ? '×' : '·'}
        <span className="hidden-word">{cell.count > 0 ? cell.problem : 'still to come'}</span>
      </td>
    );
  }
  return (
    <td className={className} style={{ '--heat': `${heat * 46}%` } as CSSProperties}>
      {formatValue(cell.value, unit)}
      {cell.best && <span className="hidden-word">, has the best point</span>}
    </td>
  );
}

function AxisSelect({
  label,
  axes,
  value,
  onChange,
}: {
  label: string;
  axes: SweepView['axes'];
  value: number;
  onChange: (axis: number) => void;
}) {
  return (
    <Select
      label={label}
      value={String(value)}
      onChange={(next) => onChange(Number(next))}
      options={axes.map(({ name }, index) => ({ value: String(index), label: name }))}
    />
  );
}
