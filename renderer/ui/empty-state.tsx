import './empty-state.css';
import type { ReactNode } from 'react';

/** Says why a list is empty, and what fills it. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <div className="empty-words">{children}</div>
      {action}
    </div>
  );
}

/** Rows at their final height while the first answer is on its way. */
export function Skeleton({ rows, height = 28 }: { rows: number; height?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else to be told apart by.
        <div key={row} className="skeleton-row" style={{ height }}>
          <span style={{ width: `${38 + ((row * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
}
