import './dialog.css';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

export interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  confirm?: {
    label: ReactNode;
    onPress: () => void;
    tone?: 'primary' | 'danger';
    /** Enter alone is not enough: for what cannot be taken back. */
    chord?: boolean;
    why?: string | null;
    busy?: boolean;
  };
  /** What went wrong with the last try, in a sentence. */
  problem?: string | null;
  /** What the other button says. */
  leave?: string;
  size?: 'small' | 'wide';
}

/** A question in front of everything else. Mount it to show it. Escape leaves, Enter or the chord confirms. */
export function Dialog({
  title,
  onClose,
  children,
  confirm,
  problem,
  leave = 'Cancel',
  size = 'small',
}: DialogProps) {
  useEffect(() => goHomeWhenLost, []);
  const [refused, setRefused] = useState(false);
  const press = () => {
    if (!confirm || confirm.busy) return;
    setRefused(Boolean(confirm.why));
    if (!confirm.why) confirm.onPress();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.repeat || event.nativeEvent.isComposing) return;
    const isChord = event.ctrlKey || event.metaKey;
    const target = event.target as HTMLElement;
    // A button, a link, an open list and what is lit in one mean something by Enter; in a text it begins a line.
    const isOwnKey = target.closest('button, textarea, a, [role=listbox], [aria-activedescendant]') !== null;
    if (isChord || (!confirm?.chord && !isOwnKey)) {
      event.preventDefault();
      press();
    }
  };
  return (
    <ModalOverlay className="dialog-veil" isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={`dialog dialog-${size}`}>
        <div className="dialog-keys" onKeyDownCapture={onKeyDown}>
          <AriaDialog className="dialog-inside" role={confirm?.tone === 'danger' ? 'alertdialog' : 'dialog'}>
            <Heading slot="title" level={2} className="dialog-title">
              {title}
            </Heading>
            <div className="dialog-content">{children}</div>
            {problem && (
              <p className="dialog-problem" role="alert">
                {problem}
              </p>
            )}
            <footer className="dialog-foot">
              <p className="dialog-refused" role="status">
                {refused && confirm?.why}
              </p>
              <Button onPress={onClose} keys="Escape">
                {leave}
              </Button>
              {confirm && (
                <Button
                  tone={confirm.tone ?? 'primary'}
                  keys={confirm.chord ? 'Mod+Enter' : 'Enter'}
                  onPress={press}
                  onRefused={press}
                  why={confirm.why}
                  busy={confirm.busy}
                >
                  {confirm.label}
                </Button>
              )}
            </footer>
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * A dialog gives the focus back to where it came from. Where that is gone, such as a button that no longer applies, the
 * screen's main part (`data-home`) takes it, so that the arrow keys go on working.
 */
function goHomeWhenLost(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body || document.querySelector('.dialog')) return;
      document.querySelector<HTMLElement>('[data-home]')?.focus({ preventScroll: true });
    }),
  );
}
