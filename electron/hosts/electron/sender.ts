import type { WebContents } from 'electron';
import { appOrigin, isOwnAddress } from './address.ts';

/** What of a message's sender decides whether it is heard. */
export interface Sender {
  sender: Pick<WebContents, 'id'>;
  senderFrame: { parent: unknown; origin: string; url: string } | null;
}

/** Whether a message comes from the top frame of a known window that shows this app. */
export function isTrusted({ sender, senderFrame }: Sender, windows: ReadonlySet<number>): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === appOrigin &&
    isOwnAddress(senderFrame.url) &&
    windows.has(sender.id)
  );
}
