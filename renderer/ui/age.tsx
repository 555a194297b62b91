import { useNow } from './now.ts';
import { formatAge, formatWall } from './time.ts';

/** How old a measurement is; the exact moment is in the title. Nothing where there is none. */
export function Age({ at }: { at: string | null }) {
  const now = useNow(10);
  if (!at) return <span className="age mono" />;
  return (
    <time className="age mono mute" dateTime={at} title={formatWall(new Date(at))}>
      {formatAge(now - Date.parse(at))}
    </time>
  );
}
