import { type FoundRule, findRules } from '../../../shared/rule/index.ts';

/** Words around a threshold that make it an alarm rather than a demand. */
const alarms =
  /\b(?:alerts?|alarms?|alerting|spikes?|anomal\w*|no-go|roll ?back|abort|escalat\w*|triggers?|critical|fails?|failures?|degrad\w*|immediate(?:ly)?)\b/i;

export function soundsAlarm(texts: readonly string[]): boolean {
  return texts.some((text) => alarms.test(text));
}

/** Which of a launch's places the texts speak of; empty where of none or of several. */
export function placeOf(texts: readonly string[]): string {
  const named = new Set(
    texts.flatMap((text) => text.toLowerCase().match(/\b(?:staging|production)\b/g) ?? []),
  );
  return named.size === 1 ? ([...named][0] ?? '') : '';
}

const setting =
  /^[\s-]*["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*["']?(-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?\s?(?:%|[a-zA-Z]{1,3})?)["']?\s*,?\s*(?:(?:#|\/\/|;).*)?$/;
const configLanguages = new Set([
  '',
  'yaml',
  'yml',
  'json',
  'jsonc',
  'json5',
  'toml',
  'ini',
  'env',
  'dotenv',
  'properties',
  'conf',
  'cfg',
]);

export interface Setting {
  found: FoundRule;
  /** Offset of the line in the code. */
  at: number;
}

/** The figures a block of configuration sets: `max_daily_turnover: 0.20`. */
export function findSettings(code: string, language: string): Setting[] {
  if (!configLanguages.has(language.toLowerCase())) return [];
  const settings: Setting[] = [];
  let at = 0;
  for (const line of code.split('\n')) {
    const [, key = '', value = ''] = setting.exec(line) ?? [];
    const found = key ? findRules(`${key.replaceAll(/[._]/g, ' ')} = ${value}`).at(-1) : undefined;
    if (found) {
      const text = line
        .trim()
        .replace(/\s*(?:#|\/\/).*$/, '')
        .replace(/,$/, '');
      settings.push({ found: { ...found, compares: false, rule: { ...found.rule, text } }, at });
    }
    at += line.length + 1;
  }
  return settings;
}

/** HTTP paths in code: `/healthz`, and the path of `curl http://api:8000/health`. */
export function findEndpoints(code: string): string[] {
  const paths = code.matchAll(
    /(?:https?:\/\/[^\s/"'`<>)]+|(?<![\w./:~-]))(\/[A-Za-z][\w-]*(?:\/[\w{}-]+)*)(?![\w./*-])/g,
  );
  return [...paths].map((match) => match[1] ?? '');
}
