/** The scheme and host under which the desktop app shows its own window. */
export const appScheme = 'holdpoint';
const host = 'app';
export const appOrigin = `${appScheme}://${host}`;
export const appAddress = `${appOrigin}/`;

/** Whether an address is one of this app's own. A look-alike differs in the host, the scheme or a user name. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${appScheme}:` && url.host === host && url.username === '' && url.password === '';
}
