import { type BrowserContext, chromium } from 'playwright';

let connecting: Promise<BrowserContext> | null = null;

/** The Chromium that the test started; both are connected to it, so the test sees the pages that the app opens. */
export function browserContext(): Promise<BrowserContext> {
  connecting ??= connect();
  return connecting;
}

async function connect(): Promise<BrowserContext> {
  const browser = await chromium.connectOverCDP(process.env.STAND_IN_CHROMIUM ?? '');
  const [context] = browser.contexts();
  if (!context) throw new Error('The browser has no context.');
  return context;
}
