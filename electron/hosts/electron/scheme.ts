import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { findWindowFile } from '../window-files.ts';
import { windowHeaders } from '../window-headers.ts';
import { appOrigin, appScheme, isOwnAddress } from './address.ts';

/** Makes the app's own scheme as trusted as https. To be called before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
}

/** Answers the app's own addresses with the files of the window, for reading only. */
export function serveWindowFiles(session: Session, folder: string): void {
  session.protocol.handle(appScheme, async ({ method, url }) => {
    const answer = (status: number, sentence: string) =>
      new Response(sentence, { status, headers: { ...windowHeaders, 'content-type': 'text/plain' } });
    if (!isOwnAddress(url)) return answer(403, `Only ${appOrigin} is served.`);
    if (method !== 'GET') return answer(405, 'Files are read with GET.');
    const file = findWindowFile(folder, new URL(url).pathname);
    if (!file) return answer(404, 'The window has no such file.');
    const headers = { ...windowHeaders, 'content-type': file.type, 'cache-control': file.cacheControl };
    return new Response(await readFile(file.path), { headers });
  });
}
