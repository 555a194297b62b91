import { SignoffError } from '../errors.ts';

const header = '-----BEGIN SSH SIGNATURE-----\n';
const footer = '\n-----END SSH SIGNATURE-----';

/**
 * The bytes between the lines of a `.sig` file. As strict as `ssh-keygen`: nothing before the header, and no CRLF
 * after it, because a file that was converted on its way is to be told from one that was not.
 * @throws SignoffError `malformed`
 */
export function removeArmour(text: string): Buffer {
  if (text.startsWith(header.replace('\n', '\r\n'))) {
    throw new SignoffError(
      'malformed',
      'The signature has Windows line ends. Something converted it on its way: send it again as a zip, or mark *.sig as binary.',
    );
  }
  if (!text.startsWith(header)) {
    throw new SignoffError('malformed', 'The signature does not begin with "BEGIN SSH SIGNATURE".');
  }
  const end = text.indexOf(footer);
  if (end < 0)
    throw new SignoffError('malformed', 'The signature is cut off: "END SSH SIGNATURE" is missing.');
  return decodeBase64(text.slice(header.length, end).replace(/\s/g, ''), 'The signature');
}

/** Base64 that has no second way to write the same bytes. @throws SignoffError `malformed` */
export function decodeBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text) {
    throw new SignoffError('malformed', `${what} is not written in base64.`);
  }
  return bytes;
}
