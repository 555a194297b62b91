import type { Measured } from '../../../shared/contract/common.ts';
import { formatDuration } from '../../../shared/units.ts';
import { requestLine } from '../../pack/index.ts';
import { canonical, figure, words } from '../figures.ts';
import type { Condition, Found } from '../kind.ts';
import type { HttpAnswer } from './request.ts';
import { type HttpCheckSpec, pathOf } from './spec.ts';

/** What an answer comes to: its figures, and which of the wishes, filled in, hold. Pure. */
export function readAnswer(answer: HttpAnswer, host: string, spec: HttpCheckSpec): Found {
  const { method, url } = requestLine(spec);
  const path = pathOf(url);
  const needs = `status ${spec.expect.join(' or ')}`;
  if (!answer.answered) {
    const measured = [words('http status', `${path} refused`)];
    return { measured, conditions: [{ holds: false, needs }], says: `finds nothing that listens at ${host}` };
  }
  const { status, seconds, body, tool } = answer;
  const json = parseJson(body);
  const values = Object.entries(spec.json).map(([path, wanted]) => ({
    path,
    wanted,
    found: valueAt(json, path),
  }));
  const conditions: Condition[] = [
    { holds: spec.expect.includes(status), needs },
    ...spec.contains.map((part) => ({ holds: body.includes(part), needs: `"${part}" in the answer` })),
    ...values.map(({ path, wanted, found }) => ({
      holds: found === wanted,
      needs: `${path} = ${JSON.stringify(wanted)} (there is ${found === undefined ? 'none' : shortJson(found)})`,
    })),
  ];
  const measured: Measured[] = [
    figure('http status', status, '', `${path} ${status}`),
    ...Object.entries(spec.measure).flatMap(([name, from]) => {
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

/** What stands at `model.versions.0` of a JSON value, or under that very key; undefined where nothing does. */
function valueAt(value: unknown, path: string): unknown {
  const whole = memberOf(value, path);
  return whole === undefined ? path.split('.').reduce<unknown>(memberOf, value) : whole;
}

/** The value of a key, or the element of a list; a list has nothing else, such as a length. */
function memberOf(container: unknown, key: string): unknown {
  if (Array.isArray(container)) return /^\d+$/.test(key) ? container[Number(key)] : undefined;
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, key)) return undefined;
  return (container as Record<string, unknown>)[key];
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
