import type { Measured } from '../../shared/contract/common.ts';

/**
 * Takes secret values out of everything a check records: as they are, and as JSON, URLs and Base64 write them. A
 * service may echo what it was sent.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.filter(Boolean).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, '[secret]'), text);
}

/** A value that is a secret, or holds one, whatever its type. */
export function redactMeasured(measured: Measured, redact: (text: string) => string): Measured {
  const { value, text, convention } = measured;
  const left = redact(String(value));
  return {
    ...measured,
    value: left === String(value) ? value : left,
    text: redact(text),
    ...(convention === undefined ? {} : { convention: redact(convention) }),
  };
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  // The text around a secret shifts its Base64 by up to two bytes; the characters in the middle stay.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + secret)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, Math.floor((shift + Buffer.byteLength(secret)) / 3) * 4 || undefined),
  );
  return [
    secret,
    json,
    encodeURIComponent(secret),
    encodeURI(secret),
    ...base64.filter((form) => form.length >= 8),
  ];
}
