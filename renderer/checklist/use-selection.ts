import { useEffect, useRef, useState } from 'react';

/**
 * The selected row. It changes with every key press, the address only once the keys rest; an address that comes from
 * elsewhere, such as a link on the board, selects its item.
 */
export function useSelection(place: string | undefined, onPlace: (item: string) => void) {
  const [selected, setSelected] = useState<string | null>(place ?? null);
  const told = useRef(place);
  const latest = useRef(onPlace);
  latest.current = onPlace;
  useEffect(() => {
    if (place === told.current) return;
    told.current = place;
    if (place !== undefined) setSelected(place);
  }, [place]);
  useEffect(() => {
    if (selected === null || selected === told.current || selected.startsWith('section ')) return;
    const timer = setTimeout(() => {
      told.current = selected;
      latest.current(selected);
    }, 300);
    return () => clearTimeout(timer);
  }, [selected]);
  return [selected, setSelected] as const;
}
