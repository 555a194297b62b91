import './work-bar.css';

/** How far some work is. The figures stand beside it in words. */
export function WorkBar({ share, label }: { share: number; label: string }) {
  return <progress className="work-bar" max={1} value={share} aria-label={label} />;
}
