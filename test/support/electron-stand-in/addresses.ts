/**
 * Chromium shows no page of a scheme it does not know. `holdpoint://app/x` therefore stands there as
 * `https://app.holdpoint.stand-in.test/x`: an origin of its own all the same, secure, and with nobody behind it.
 */
const suffix = '.stand-in.test';

export function toChromium(address: string): string {
  const [, scheme, host, rest] = /^([a-z]+):\/\/([^/?#]*)(.*)$/.exec(address) ?? [];
  if (!scheme || ['https', 'http', 'file'].includes(scheme)) return address;
  return `https://${host}.${scheme}${suffix}${rest}`;
}

export function fromChromium(address: string): string {
  const url = URL.parse(address);
  if (!url?.hostname.endsWith(suffix)) return address;
  const [host, scheme] = url.hostname.slice(0, -suffix.length).split(/\.(?=[^.]*$)/);
  const user = url.username ? `${url.username}@` : '';
  return `${scheme}://${user}${host}${address.slice(url.origin.length + user.length)}`;
}
