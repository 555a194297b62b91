import type { Request } from 'playwright';
import { browserContext } from './browser.ts';
import { defaultSession } from './session.ts';
import { WebContents } from './web-contents.ts';

/** Puts the app's guards and its scheme between the pages and everything they ask for. */
export async function routeEverything(): Promise<void> {
  const context = await browserContext();
  await context.route('**/*', async (route) => {
    const request = route.request();
    if (request.isNavigationRequest() && !(await isAllowed(request))) return route.abort('aborted');
    await defaultSession.answer(route);
  });
}

async function isAllowed(request: Request): Promise<boolean> {
  const frame = frameOf(request);
  if (!frame) return false;
  const contents = WebContents.all.get(frame.page());
  if (contents) return contents.mayNavigate(request.url(), frame.parentFrame() === null);
  // A page that no window shows was opened by another page.
  const opener = await frame.page().opener();
  return (opener && WebContents.all.get(opener)?.mayOpen(request.url())) ?? false;
}

/** Null for the first request of a page that is not there yet. */
function frameOf(request: Request) {
  try {
    return request.frame();
  } catch {
    return null;
  }
}
