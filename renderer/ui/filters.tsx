import './filters.css';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

export interface Filter<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

/** One of several views of the same list, with how much each would show. Arrow keys move between them. */
export function Filters<Value extends string>({
  label,
  filters,
  value,
  onChange,
}: {
  label: string;
  filters: readonly Filter<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <ToggleButtonGroup
      className="filters"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([next]) => next !== undefined && onChange(String(next) as Value)}
    >
      {filters.map((filter) => (
        <ToggleButton key={filter.value} id={filter.value} className="filter">
          {filter.label}
          {filter.count !== undefined && <span className="filter-count mono"> {filter.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
