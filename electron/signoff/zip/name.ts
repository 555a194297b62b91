/**
 * Why a name may not be that of a file in a bundle, in a few words; null where it may. It must be one that means the same
 * file on every system, inside the folder it is unpacked to.
 */
export function objectionToName(name: string): string | null {
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'it would be written outside the folder';
  if (name.includes('\\')) return 'it has a backslash';
  const parts = name.split('/');
  if (parts.includes('..')) return 'it would be written outside the folder';
  if (parts.some((part) => part === '' || part === '.')) return 'it has an empty part';
  if (!/^[A-Za-z0-9@._+/-]+$/.test(name)) return 'it has characters that some systems do not know';
  if (parts.some((part) => part.endsWith('.'))) return 'Windows drops the full stop at its end';
  if (parts.some((part) => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)))
    return 'Windows keeps that name';
  return null;
}
