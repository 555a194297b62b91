import type { BacktestView } from '../../../shared/contract/compute/index.ts';
import { Panel, ScrollArea } from '../../ui/index.ts';
import { strengthOf, yearsOf } from './months.ts';

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const percent = (value: number) => (value * 100).toFixed(1);

/** Returns by month, coloured by sign and size; the sign stands before each figure too. */
export function MonthlyTable({ months }: { months: BacktestView['months'] }) {
  return (
    <Panel title="Months" aside="return, %, compounded within the month">
      <ScrollArea label="Returns by month: the table" className="months">
        <table className="months-table mono">
          <thead>
            <tr>
              <th scope="col">year</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">all</th>
            </tr>
          </thead>
          <tbody>
            {yearsOf(months).map(({ year, months: cells, total }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {cells.map((value, at) => (
                  <td
                    key={names[at]}
                    className={value === null ? undefined : value < 0 ? 'heat heat-loss' : 'heat heat-gain'}
                    style={
                      value === null
                        ? undefined
                        : ({ '--heat': `${strengthOf(value, months) * 34}%` } as React.CSSProperties)
                    }
                  >
                    {value === null ? '' : percent(value)}
                  </td>
                ))}
                <td className="strong">{percent(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Panel>
  );
}
