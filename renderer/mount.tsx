import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  CommandProvider,
  type Connection,
  launchCommands,
  NoticeProvider,
  ServiceProvider,
  showLastTheme,
  windowCommands,
} from './app/index.ts';
import { boardCommands } from './board/commands/index.ts';
import { checklistCommands } from './checklist/commands/index.ts';
import { computeCommands } from './compute/commands/index.ts';
import { hostCommands } from './hardware/commands/index.ts';
import { journalCommands } from './journal/commands/index.ts';
import { packCommands } from './pack/commands/index.ts';
import { reviewCommands } from './review/commands/index.ts';
import { createWindowRouter, loadScreensWhenIdle } from './routes.tsx';
import { runCommands } from './runbook/commands/index.ts';
import { signoffCommands } from './signoff/commands/index.ts';

const commands = [
  windowCommands,
  launchCommands,
  packCommands,
  boardCommands,
  checklistCommands,
  signoffCommands,
  runCommands,
  hostCommands,
  computeCommands,
  reviewCommands,
  journalCommands,
].flatMap((specs) => Object.values(specs));

/** Puts the whole window into an element. `connect` is asked for a way to the service, again after each loss. */
export function mount(element: HTMLElement, connect: () => Promise<Connection>): void {
  showLastTheme();
  const router = createWindowRouter();
  createRoot(element).render(
    <StrictMode>
      <NoticeProvider>
        <ServiceProvider connect={connect}>
          <CommandProvider specs={commands}>
            <RouterProvider router={router} />
          </CommandProvider>
        </ServiceProvider>
      </NoticeProvider>
    </StrictMode>,
  );
  loadScreensWhenIdle();
}
