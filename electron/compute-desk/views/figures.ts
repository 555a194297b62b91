import type { ComputedFigure, Judgement } from '../../../shared/contract/compute/index.ts';
import { conventionText, type FigureVerdict, type WrittenFigure } from '../../compute/index.ts';

const titles: Record<string, string> = {
  totalReturn: 'Total return',
  annualisedReturn: 'Annualised return',
  volatility: 'Volatility',
  sharpe: 'Sharpe ratio',
  sortino: 'Sortino ratio',
  calmar: 'Calmar ratio',
  maxDrawdown: 'Max drawdown',
  winRate: 'Win rate by day',
  winRateByTrade: 'Win rate by trade',
  profitFactor: 'Profit factor by day',
  profitFactorByTrade: 'Profit factor by trade',
  valueAtRisk: 'Value at risk',
  sharpeDifference: 'Difference of Sharpe ratios',
  costShare: 'Cost of capital',
  annualCost: 'Cost a year',
  precisionAtK: 'P@K',
  baseRate: 'Base rate',
  informationCoefficient: 'IC',
  rankInformationCoefficient: 'Rank IC',
  ndcg: 'NDCG',
  standardError: 'Standard error of Sharpe',
  robustStandardError: 'Standard error, robust',
  probabilisticSharpe: 'Probabilistic Sharpe ratio',
  deflatedSharpe: 'Deflated Sharpe ratio',
  luckyBest: 'Luckiest of all trials',
  minimumTrackRecord: 'Minimum track record',
  bootstrapSharpe: 'Sharpe ratio, bootstrapped',
  loSharpe: 'Sharpe ratio, Lo',
};

type AnyFigure = Omit<WrittenFigure, 'interval'> & { interval?: [number, number] | null };

export function figureOf(name: string, figure: AnyFigure): ComputedFigure {
  const { value, unit, convention, interval } = figure;
  return {
    name,
    title: titles[name] ?? spelled(name),
    value,
    unit,
    convention: conventionText(convention),
    interval: interval ?? null,
  };
}

/** `averageTrade`: `Average trade`. */
function spelled(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function judgementOf({ rule, figure, verdict, sentence }: FigureVerdict): Judgement {
  return { rule, figure, verdict, sentence };
}
