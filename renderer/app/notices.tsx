import './notices.css';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Button, Glyph } from '../ui/index.ts';
import type { Notice } from './changes.ts';

const calmNoticeMs = 6000;
/** Older ones make room: a pile nobody can read says nothing. */
const mostShown = 2;

interface Shown extends Notice {
  id: number;
}

const NotifyContext = createContext<(notice: Notice) => void>(() => undefined);

/** Says something that belongs to no place on the screen. A calm notice goes by itself, an alarm is taken away. */
export const useNotify = () => useContext(NotifyContext);

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const notify = useCallback((notice: Notice) => {
    setShown((before) => {
      const others = before.filter(({ title, text }) => title !== notice.title || text !== notice.text);
      return [...others, { ...notice, id: (before.at(-1)?.id ?? 0) + 1 }].slice(-mostShown);
    });
  }, []);
  const remove = useCallback((id: number) => setShown((before) => before.filter((one) => one.id !== id)), []);
  return (
    <NotifyContext value={notify}>
      {children}
      <section className="notices" aria-label="Notices" aria-live="polite">
        {shown.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} onGone={remove} />
        ))}
      </section>
    </NotifyContext>
  );
}

function NoticeCard({ notice, onGone }: { notice: Shown; onGone: (id: number) => void }) {
  const { id, title, text, tone } = notice;
  useEffect(() => {
    if (tone !== 'calm') return;
    const timer = setTimeout(() => onGone(id), calmNoticeMs);
    return () => clearTimeout(timer);
  }, [id, tone, onGone]);
  return (
    <div className={`notice notice-${tone}`} role={tone === 'alarm' ? 'alert' : undefined}>
      {tone === 'alarm' && <Glyph kind="fail" word="alarm" />}
      <div className="notice-words">
        <p className="strong">{title}</p>
        {text && <p className="soft break">{text}</p>}
      </div>
      <Button tone="quiet" onPress={() => onGone(id)} about={title}>
        Dismiss
      </Button>
    </div>
  );
}
