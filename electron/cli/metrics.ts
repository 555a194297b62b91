import { parseRule } from '../../shared/rule/index.ts';
import { type Compute, conventions, type MetricsAnswer } from '../compute/index.ts';
import { type ExitCode, exitCodes, InputError } from './exit.ts';
import { figureRows, verdictsExit, verdictsText } from './figures.ts';
import { table } from './text.ts';

export interface MetricsOptions {
  convention: string;
  periods?: number;
  riskFree: number;
  benchmark: number;
  trials: number;
  trialDeviation?: number;
  rule: string[];
}

/** Asks for every figure of a file of returns. @throws InputError, DataError */
export async function metricsOf(
  compute: Compute,
  file: string,
  options: MetricsOptions,
): Promise<MetricsAnswer> {
  const { convention, periods, riskFree, benchmark, trials, trialDeviation, rule } = options;
  if (periods !== undefined && !(periods > 0)) throw new InputError(`--periods is above 0, not ${periods}.`);
  if (!(Number.isInteger(trials) && trials >= 1)) {
    throw new InputError(`--trials is a whole number of 1 or more, not ${trials}.`);
  }
  return compute.metrics({
    file,
    convention: known(convention),
    ...(periods === undefined ? {} : { periodsPerYear: periods }),
    riskFree,
    benchmark,
    trials: { trials, ...(trialDeviation === undefined ? {} : { deviation: trialDeviation }) },
    rules: rule.map((text) => {
      const parsed = parseRule(text);
      if (!parsed.ok) throw new InputError(parsed.message);
      return parsed.rule;
    }),
  });
}

function known(name: string): keyof typeof conventions {
  if (Object.hasOwn(conventions, name)) return name as keyof typeof conventions;
  throw new InputError(
    `There is no convention "${name}". There are: ${Object.keys(conventions).join(', ')}.`,
  );
}

/** The stable shape of `metrics --json`: the answer as it is. */
export function metricsReport(answer: MetricsAnswer): MetricsAnswer {
  return answer;
}

export function metricsText({
  periods,
  from,
  to,
  metrics,
  validity,
  drawdown,
  verdicts,
}: MetricsAnswer): string {
  const { peak, trough, recovered } = drawdown;
  return [
    `${periods} periods, ${from} to ${to}`,
    `deepest drawdown: peak ${peak}, lowest ${trough}, ${recovered === null ? 'not made good' : `made good ${recovered}`}`,
    '',
    table(figureRows(metrics)),
    '',
    'What the Sharpe ratio is worth',
    table(figureRows(validity)),
    ...verdictsText(verdicts),
  ].join('\n');
}

export function metricsExit({ verdicts }: MetricsAnswer): ExitCode {
  return verdicts.length === 0 ? exitCodes.asked : verdictsExit(verdicts);
}
