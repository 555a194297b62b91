import { type ReactNode, useState } from 'react';

/** What not everybody wants to see. It is made when it is opened. */
export function Folded({
  title,
  about,
  children,
}: {
  title: string;
  /** Said after the title to those who do not see what it belongs to. */
  about?: string;
  children: () => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-row>
        {title}
        {about && <span className="hidden-word">: {about}</span>}
      </summary>
      {open && children()}
    </details>
  );
}
