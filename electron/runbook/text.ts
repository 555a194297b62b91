/**
 * Text with places for secrets: everything else is filled in when a run is planned, secrets only when a script starts.
 * Kept in parts so that a value which happens to look like `{NAME}` stays what it is: data.
 */
export type Text = readonly (string | SecretPlace)[];

interface SecretPlace {
  readonly secret: string;
  /** It stands inside a text of JSON, and is written as JSON writes it. */
  readonly inJson?: true;
}

/** What `{name}` stands for. */
export interface Values {
  readonly known: Readonly<Record<string, string>>;
  /** Names that may be used but are only filled in at the start of a script. */
  readonly secrets: readonly string[];
}

export class UnknownValue extends Error {
  override readonly name = 'UnknownValue';

  constructor(placeholder: string, values: Values) {
    const names = [...Object.keys(values.known), ...values.secrets].sort().join(', ');
    super(`{${placeholder}} has no value here. Known are: ${names}. Declare it under vars of the target.`);
  }
}

/** `${NAME}` is the shell's own and stays. */
const placeholder = /(?<!\$)\{([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/** Fills in `{name}`. Braces around anything but a name are left alone. @throws UnknownValue */
export function fill(template: string, values: Values): Text {
  const parts: (string | SecretPlace)[] = [];
  let end = 0;
  for (const match of template.matchAll(placeholder)) {
    const name = match[1] ?? '';
    parts.push(template.slice(end, match.index));
    end = match.index + match[0].length;
    const value = Object.hasOwn(values.known, name) ? values.known[name] : undefined;
    if (value !== undefined) parts.push(value);
    else if (values.secrets.includes(name)) parts.push({ secret: name });
    else throw new UnknownValue(name, values);
  }
  parts.push(template.slice(end));
  return parts.filter((part) => part !== '');
}

/**
 * JSON of a value, with `{name}` filled in in its texts. What is filled in stays inside its text, whatever it holds.
 * @throws UnknownValue
 */
export function fillJson(value: unknown, values: Values): Text {
  if (typeof value === 'string') {
    const parts = fill(value, values).map((part) =>
      typeof part === 'string' ? inJson(part) : { ...part, inJson: true as const },
    );
    return ['"', ...parts, '"'];
  }
  if (Array.isArray(value)) return ['[', ...separated(value.map((one) => fillJson(one, values))), ']'];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  const members = Object.entries(value).map(([key, one]) => [
    `${JSON.stringify(key)}:`,
    ...fillJson(one, values),
  ]);
  return ['{', ...separated(members), '}'];
}

const separated = (texts: Text[]) => texts.flatMap((text, index) => (index === 0 ? text : [',', ...text]));

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** Fills in a field that must not hold a secret, such as a path. @throws UnknownValue */
export function fillPlain(template: string, values: Values): string {
  return fill(template, { known: values.known, secrets: [] }).join('');
}

/** The text for reading: a secret appears as its name. */
export function show(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `{${part.secret}}`)).join('');
}

/** The text for the script. @throws Error when a secret is missing */
export function reveal(text: Text, secrets: ReadonlyMap<string, string>): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = secrets.get(part.secret);
      if (value === undefined) throw new Error(`The secret ${part.secret} has not been given.`);
      return part.inJson ? inJson(value) : value;
    })
    .join('');
}

/** The name a value has in a script's environment: `top-k` becomes `TOP_K`. */
export function environmentName(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}
