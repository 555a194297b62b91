import './button.css';
import type { ReactNode, Ref } from 'react';
import { KeyCap } from './key-cap.tsx';
import { spellShortcut } from './keys.ts';
import { isMac } from './platform.ts';

export interface ButtonProps {
  children: ReactNode;
  onPress: () => void;
  /** Shortcut printed on it. */
  keys?: string;
  tone?: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Why it cannot be pressed now, in a sentence. It stays reachable, so that the sentence can be read. */
  why?: string | null;
  /** Hears `why` when it is pressed all the same. */
  onRefused?: (why: string) => void;
  /** Something it started is still going on. */
  busy?: boolean;
  /** Said after its words to those who do not see what stands around it. */
  about?: string;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { children, onPress, keys, tone = 'plain', why, onRefused, busy, about, wide, ref } = props;
  return (
    <button
      ref={ref}
      type="button"
      className={`button button-${tone}${wide ? ' button-wide' : ''}`}
      aria-disabled={Boolean(why) || busy || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys && spellShortcut(keys, isMac)}
      title={why ?? undefined}
      onClick={() => {
        if (busy) return;
        if (why) onRefused?.(why);
        else onPress();
      }}
    >
      <span className="button-words">
        {children}
        {about && <span className="hidden-word">: {about}</span>}
      </span>
      {keys && <KeyCap keys={keys} />}
    </button>
  );
}
