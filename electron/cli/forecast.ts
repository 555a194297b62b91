import { parseRule } from '../../shared/rule/index.ts';
import type { Compute, ForecastAnswer } from '../compute/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { figureRows, verdictsExit, verdictsText } from './figures.ts';
import { table } from './text.ts';

export interface ForecastOptions {
  target?: 'level' | 'change';
  rule: string[];
}

/** Asks for every figure of a file of predictions. @throws InputError, DataError */
export function forecastOf(
  compute: Compute,
  file: string,
  { target, rule }: ForecastOptions,
): Promise<ForecastAnswer> {
  const rules = rule.map((text) => {
    const parsed = parseRule(text);
    if (!parsed.ok) throw new InputError(parsed.message);
    return parsed.rule;
  });
  return compute.forecast({ file, target: target ?? null, rules });
}

export function forecastText(answer: ForecastAnswer): string {
  const { rows, dates, codes, from, to, target, metrics, reliability, findings, verdicts } = answer;
  const percent = (value: number) => `${Number((100 * value).toPrecision(3))} %`;
  return [
    `${rows} forecasts of ${target === 'level' ? 'levels' : 'changes'}, ${dates} dates, ${codes} ${codes === 1 ? 'series' : 'codes'}, ${from} to ${to}`,
    '',
    table(figureRows(metrics)),
    ...(reliability.length > 0
      ? [
          '',
          table([
            ['promised', 'came true', '', 'forecasts'],
            ...reliability.map(({ confidence, observed, interval, count }) => [
              percent(confidence),
              percent(observed),
              `[${interval.map(percent).join(', ')}]`,
              String(count),
            ]),
          ]),
        ]
      : []),
    '',
    table(findings.map(({ verdict, probe, sentence }) => [verdict, probe, sentence])),
    ...verdictsText(verdicts),
  ].join('\n');
}

/** Only rules that are asked for make the answer a no. */
export function forecastExit({ verdicts }: ForecastAnswer): ExitCode {
  return verdicts.length === 0 ? exitCodes.asked : verdictsExit(verdicts);
}
