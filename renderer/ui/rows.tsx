import './rows.css';
import type { KeyboardEvent, ReactNode } from 'react';

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Rows (`data-row`) that arrows, or j and k, move between. Each row is a link or a button of its own. */
export function Rows({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are the interactive elements.
    <div className={`rows ${className}`} onKeyDown={moveBetweenRows}>
      {children}
    </div>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const target = event.target as HTMLElement;
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest('input, textarea, [role=radiogroup], [role=dialog], [role=alertdialog]')) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const from = rows.findIndex((row) => row.contains(target));
  const next = rows[from + step] ?? (from === -1 ? rows[0] : undefined);
  if (!next) return;
  event.preventDefault();
  next.focus();
}
