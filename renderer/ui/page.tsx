import './page.css';
import type { ReactNode } from 'react';

/** A screen: what one works in on the left, what explains it on the right. */
export function Page({
  title,
  head,
  children,
  inspector,
  scrolls = false,
}: {
  /** Names the screen for those who do not see it; `head` shows it. */
  title: string;
  head?: ReactNode;
  children: ReactNode;
  inspector?: ReactNode;
  /** The whole page scrolls; otherwise its panels do. */
  scrolls?: boolean;
}) {
  return (
    <main className={`page${scrolls ? ' page-scrolls' : ''}`} aria-label={title} tabIndex={-1}>
      {head ? <div className="page-head">{head}</div> : <h1 className="hidden-word">{title}</h1>}
      <div className={inspector ? 'page-columns' : 'page-columns page-single'}>
        <div className="page-main">{children}</div>
        {inspector && (
          <aside className="page-inspector" aria-label="Inspector">
            {inspector}
          </aside>
        )}
      </div>
    </main>
  );
}
