import type { Measured } from '../../../shared/contract/common.ts';
import { formatDuration } from '../../../shared/units.ts';
import { listOf } from '../fields.ts';
import { canonical, figure, words } from '../figures.ts';
import type { CheckContext, Condition, Found } from '../kind.ts';
import type { HttpAnswer } from './request.ts';
import { addressOf, type HttpSpec } from './spec.ts';

/** What an answer comes to: its figures, and which of the wishes hold. Pure. */
export function readAnswer(
  answer: HttpAnswer,
  host: string,
  spec: HttpSpec,
  { fill }: Pick<CheckContext, 'fill'>,
): Found {
  const { method, path } = addressOf(spec);
  const expected = spec.expect === undefined ? null : [spec.expect].flat();
  const needs = expected ? `status ${expected.join(' or ')}` : 'a status of 200 to 299';
  if (!answer.answered) {
    const measured = [words('http status', `${path} refused`)];
    return { measured, conditions: [{ holds: false, needs }], says: `finds nothing that listens at ${host}` };
  }
  const { status, seconds, body, tool } = answer;
  const json = parseJson(body);
  const parts = listOf(spec.contains).map((part) => fill(part));
  const values = Object.entries(spec.json ?? {}).map(([path, wanted]) => ({
    path,
    wanted: typeof wanted === 'string' ? fill(wanted) : wanted,
    found: valueAt(json, path),
  }));
  const conditions: Condition[] = [
    { holds: expected ? expected.includes(status) : status >= 200 && status < 300, needs },
    ...parts.map((part) => ({ holds: body.includes(part), needs: `"${part}" in the answer` })),
    ...values.map(({ path, wanted, found }) => ({
      holds: found === wanted,
      needs: `${path} = ${JSON.stringify(wanted)} (there is ${found === undefined ? 'none' : shortJson(found)})`,
    })),
  ];
  const measured: Measured[] = [
    figure('http status', status, '', `${path} ${status}`),
    ...Object.entries(spec.measure ?? {}).flatMap(([name, from]) => {
      const { at, unit } = typeof from === 'string' ? { at: from, unit: '' } : from;
      return scalarFigure(name, valueAt(json, at), unit);
    }),
    ...(seconds === null ? [] : [figure('latency', seconds, 's')]),
    ...values.flatMap(({ path, found }) => scalarFigure(path, found, '')),
  ];
  const time = seconds === null ? '' : ` in ${formatDuration(seconds * 1000)}`;
  const versions = tool.name ? { [tool.name]: tool.version } : {};
  return { measured, conditions, says: `answers ${status} to ${method} ${path}${time}`, versions };
}

function scalarFigure(name: string, value: unknown, unit: string): Measured[] {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const read = canonical(value, unit);
    return [figure(name, read.value, read.unit)];
  }
  return typeof value === 'string' || typeof value === 'boolean'
    ? [words(name, String(value).slice(0, 200))]
    : [];
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What stands at `model.versions.0` of a JSON value; undefined where nothing does. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, path)) {
    return (value as Record<string, unknown>)[path];
  }
  return path
    .split('.')
    .reduce<unknown>(
      (container, key) =>
        typeof container === 'object' && container !== null && Object.hasOwn(container, key)
          ? (container as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
