import './key-cap.css';
import { printShortcut } from './keys.ts';
import { isMac } from './platform.ts';

/** A key, printed on the thing it presses. The thing itself carries `aria-keyshortcuts`. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <span className="keycap" aria-hidden="true">
      {printShortcut(keys, isMac)}
    </span>
  );
}
