import './list-head.css';
import type { ReactNode } from 'react';

/** What a long list is chosen by: filters, search, and what belongs to the list as a whole. */
export function ListHead({ children }: { children: ReactNode }) {
  return <div className="list-head">{children}</div>;
}
